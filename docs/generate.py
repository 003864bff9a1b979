"""Write the pages and schemas that are made from the program: `make docs`. A test fails when one is stale."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

from vinhchau_kpi import rules
from vinhchau_kpi.finding import SEVERITY_NAMES
from vinhchau_kpi.intake.open.files import InputFile
from vinhchau_kpi.intake.plan.file import bundled, read_plan
from vinhchau_kpi.messages import EN, VI, Language
from vinhchau_kpi.plan import json_schema
from vinhchau_kpi.views.schema import table_schema

DOCS = Path(__file__).parent
INTRODUCTION = {
    "en": (
        "# What `kpi` can find",
        (
            "Made from the rules themselves by `make docs`; `kpi rule CODE` prints the same. An error stops a file, a "
            "warning does not, unless `--strict` is given. Words in braces are filled in with what was found."
        ),
        ("Says", "What to do", "Wrong", "Right"),
    ),
    "vi": (
        "# Các lỗi và cảnh báo của `kpi`",
        (
            "Trang này do `make docs` tạo từ chính các quy tắc; `kpi rule MÃ` in ra cùng nội dung. Lỗi thì tệp bị dừng lại, "
            "cảnh báo thì không, trừ khi có `--strict`. Chữ trong ngoặc nhọn được thay bằng điều đã thấy."
        ),
        ("Câu báo", "Cách sửa", "Sai", "Đúng"),
    ),
}


def findings_page(language: Language) -> str:
    """Every rule with its meaning, its sentences and its example."""
    title, introduction, labels = INTRODUCTION[language.code]
    lines = [title, "", introduction, ""]
    for rule in rules.ALL:
        lines += [f"- [`{rule.code}`](#{rule.code}) {language.say(rule.title)}"]
    for rule in rules.ALL:
        says, fix, wrong, right = labels
        lines += [
            "",
            f"## {rule.code}",
            "",
            f"**{language.say(rule.title)}** ({language.say(SEVERITY_NAMES[rule.severity])}). {language.say(rule.about)}",
            "",
            f"- {says}: {language.say(rule.message)}",
            f"- {fix}: {language.say(rule.fix)}",
            f"- {wrong}: `{rule.example}`",
            f"- {right}: `{rule.instead}`",
        ]
    return "\n".join(lines) + "\n"


FILES = """# Files as people send them

Each line is a file under `tests/dirty/files` and what becomes of it, held by a test; the page is made by `make docs`. What is
read gives the same six figures to the last digit, however it is dressed. What could mean two things, or has lost what it
meant, is refused by name: the finding says where it is and what to click; here is why.
"""


def files_page() -> str:
    """What is accepted and what is refused, from the outcomes of the corpus of dirty files."""
    outcomes = DOCS.parent / "tests" / "dirty" / "outcomes.csv"
    rows = list(csv.DictReader(outcomes.read_text(encoding="utf-8").splitlines()))
    read = [FILES, "## Read", "", "| what comes | how it is read |", "|---|---|"]
    refused: dict[str, list[str]] = {}
    for row in rows:
        option = f"`{row['arguments']}`" if row["arguments"] else ""
        if row["outcome"] == "read":
            warnings = f"with a warning, {_linked(row['warnings'].split())}" if row["warnings"] else ""
            notes = "; ".join(filter(None, (f"with {option}" if option else "", warnings))) or "as it stands"
            read.append(f"| {_escaped(row['what'])} | {notes} |")
        else:
            codes = list(dict.fromkeys(one.partition("@")[0] for one in row["outcome"].split()))
            what = f"{row['what']} (with {option})" if option else row["what"]
            for code in codes:
                refused.setdefault(code, []).append(what)
    lines = [*read, "", "## Refused"]
    for rule in rules.ALL:
        if rule.code in refused:
            lines += ["", f"**{rule.title}** ({_linked([rule.code])}). {rule.about}", ""]
            lines += [f"- {what}" for what in refused[rule.code]]
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


def _linked(codes: list[str]) -> str:
    return ", ".join(f"[`{code}`](findings.md#{code})" for code in codes)


def pages() -> dict[Path, str]:
    """Every generated file and what it should hold."""
    plan, findings = read_plan(InputFile(bundled()))
    if plan is None:
        raise SystemExit(str(findings))
    return {
        DOCS / "findings.md": findings_page(EN),
        DOCS / "findings.vi.md": findings_page(VI),
        DOCS / "files.md": files_page(),
        DOCS / "plan.schema.json": json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n",
        DOCS / "submission.schema.json": json.dumps(table_schema(plan), ensure_ascii=False, indent=2) + "\n",
    }


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.name}\n")
