"""The first lines of a plan that is written by hand: every key that it needs, explained beside it."""

from __future__ import annotations

from vinhchau_kpi.intake.plan.text import scalar
from vinhchau_kpi.messages import N_, Language

_LINES = (
    (
        "",
        N_(
            "A plan of one year. What stands behind # explains; kpi plan check {path} says what is wrong or still open."
        ),
    ),
    ("id: ke-hoach-{year}", ""),
    ("year: {year}", ""),
    ("title: TITLE", N_("the heading of reports")),
    ("units:", N_("what is counted in; whole: true counts in whole numbers, rate: true is never added up over areas")),
    ("  ha: {{name: ha}}", ""),
    ('  pct: {{name: "%", min: 0, max: 100}}', ""),
    ("# agencies:", N_("who reports; then lead: kinh-te beside an indicator")),
    ("#   kinh-te: {{name: AGENCY}}", ""),
    ("sections:", ""),
    ("  - id: KT", ""),
    ("    title: SECTION", ""),
    ("    indicators:", N_("each with a code of its own; copy the lines from code on")),
    ("      - code: KT-01", ""),
    ("        name: NAME", N_("in quotation marks, as in the plan")),
    ("        unit: ha", N_("one of the units above")),
    ("        measure: flow", N_("flow adds up over the year, level is true at a moment")),
    (
        "        target: {{undecided: true}}",
        N_("in place of undecided: at_least: 28500, at_most: 4, above: 97, below: 1.2, exactly: 5, between: [2, 4]"),
    ),
    ("        review: REVIEW", N_("delete this line once the target is written")),
)
_WORDS = {
    "TITLE": N_("Targets of the year {year}"), "AGENCY": N_("Economic division"), "SECTION": N_("Economy"),
    "NAME": N_("Name of the indicator"), "REVIEW": N_("the target is still to be written"),
}  # fmt: skip


def first_plan(path: str, year: int, language: Language) -> str:
    """The text of a plan of `year` with one indicator, whose target is still to be written."""
    args = {"year": str(year), "path": path}
    lines = []
    for key, words in _LINES:
        line = key.format(**args)
        for word, sentence in _WORDS.items():
            line = line.replace(word, scalar(language.say(sentence, **args)))
        lines.append("  ".join(filter(None, (line, f"# {language.say(words, **args)}" if words else ""))))
    return "\n".join(lines) + "\n"
