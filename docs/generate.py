"""Write the pages and schemas that are made from the program: `make docs`. A test fails when one is stale."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from vinhchau_kpi import rules
from vinhchau_kpi.finding import SEVERITY_NAMES
from vinhchau_kpi.intake.files import Source
from vinhchau_kpi.intake.planfile import bundled, read_plan
from vinhchau_kpi.messages import EN, VI, Language
from vinhchau_kpi.plan import json_schema
from vinhchau_kpi.views.submission import table_schema

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
        "# Những điều `kpi` có thể phát hiện",
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


def pages() -> dict[Path, str]:
    """Every generated file and what it should hold."""
    plan, findings = read_plan(Source(bundled()))
    if plan is None:
        raise SystemExit(str(findings))
    return {
        DOCS / "findings.md": findings_page(EN),
        DOCS / "findings.vi.md": findings_page(VI),
        DOCS / "plan.schema.json": json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n",
        DOCS / "submission.schema.json": json.dumps(table_schema(plan), ensure_ascii=False, indent=2) + "\n",
    }


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.name}\n")
