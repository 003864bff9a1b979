"""Where a month stands when it is closed, in a few lines and as facts: what was found, who is answered, who is silent, what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from vinhchau_kpi.answers import Answer
from vinhchau_kpi.coverage import Coverage
from vinhchau_kpi.finding import Finding, Findings
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.report import Report
from vinhchau_kpi.views import coverage as coverage_view
from vinhchau_kpi.views import findings as findings_view
from vinhchau_kpi.views import report as report_view
from vinhchau_kpi.views.screen import Paragraph, ScreenPart, Title, Tone


@dataclass(frozen=True, slots=True)
class Closing:
    """`findings` are all that is found in the files, `own` those of them that are no sender's to mend. `report` is None where
    errors stop it."""

    coverage: Coverage
    files: int
    figures: int
    findings: Findings
    own: Sequence[Finding]
    answers: Sequence[Answer]
    report: Report | None
    folder: Path

    @property
    def doubts(self) -> int:
        return sum(count for rule, count in self.findings.by_rule.items() if rule.is_doubt)


def screen(closing: Closing, language: Language) -> Iterator[ScreenPart]:
    say, found, folder = language.say, closing.coverage, closing.folder
    period = found.plan.period_words(found.period, language)
    yield Title(say(N_("Closing of {period}"), period=period))
    files = language.plural("{n} file", "{n} files", closing.files)
    figures = language.plural("{n} figure", "{n} figures", closing.figures)
    counts = findings_view.counted(closing.findings, language)
    yield Paragraph(say(N_("Received: {files}, {figures}; {counts}."), files=files, figures=figures, counts=counts))
    if closing.report is None:
        text = N_(
            "No report, because of the errors. Have them corrected, or leave out the rows with errors: --skip-invalid."
        )
        yield Paragraph(say(text), Tone.BAD)
    else:
        yield Paragraph(report_view.summary(closing.report, language))
        yield from report_view.report_caveats(closing.report, language)
    if closing.answers:
        names = tuple(_sender(one, closing, language) for one in closing.answers)
        text = N_("To be answered, in {folder}: {names}.")
        yield Paragraph(say(text, folder=folder / "tra-loi", names=names), Tone.FAIR)
    owing = tuple(coverage_view.agency_name(row, found, language) for row in found.agencies if row.owing)
    if owing:
        yield Paragraph(say(N_("Figures missing, see {file}: {names}."), file=folder / "don-doc.docx", names=owing))
    else:
        yield from coverage_view.reminder(found, language)
    if closing.doubts:
        doubts = language.plural("{n} doubt is open.", "{n} doubts are open.", closing.doubts)
        yield Paragraph(f"{doubts} {say(report_view.WAY_OUT)}")
    if closing.own:
        yield Paragraph(say(N_("For this office to see to:")), Tone.STRONG)
        yield from findings_view.screen(Findings(closing.own), language, show_all=True)
    yield Paragraph(say(_next(closing), folder=folder, period=str(found.period)), Tone.STRONG)


def _sender(answer: Answer, closing: Closing, language: Language) -> str:
    if answer.agency:
        return closing.coverage.plan.agency_name(answer.agency, language)
    return PurePath(answer.files[0].submission.file).name


def _next(closing: Closing) -> str:
    if closing.answers:
        return N_(
            "Next: send the answers and reminders, put what comes back in the place of the old files, then kpi close {period} again."
        )
    if any(row.owing for row in closing.coverage.agencies):
        return N_("Next: send the reminders, put what comes with the other files, then kpi close {period} again.")
    if closing.report is None:
        return N_("Next: put that right, then kpi close {period} again.")
    return N_("Next: look through the report in {folder} and have it signed.")


def facts(closing: Closing, language: Language) -> dict[str, Any]:
    """`summary` is that of the report; null where errors stop it."""
    found = closing.coverage
    return {
        "plan": found.plan.id,
        "period": str(found.period),
        "as_of": found.as_of.isoformat() if found.as_of else None,
        "files": closing.files,
        "figures": closing.figures,
        "errors": closing.findings.errors,
        "warnings": closing.findings.warnings,
        "doubts": closing.doubts,
        "summary": report_view.summary_facts(closing.report) if closing.report else None,
        "answers": [
            {
                "agency": one.agency,
                "files": [PurePath(file.submission.file).name for file in one.files],
                "findings": list(findings_view.facts((finding.bare for finding in one.findings), language)),
            }
            for one in closing.answers
        ],
        "missing": coverage_view.missing_facts(found),
    }
