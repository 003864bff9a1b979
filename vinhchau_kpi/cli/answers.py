"""What goes back to senders: their own files marked, and letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from vinhchau_kpi.cli.options import Lang
from vinhchau_kpi.messages import Language
from vinhchau_kpi.text import nfc

if TYPE_CHECKING:
    from vinhchau_kpi.answers import Answer
    from vinhchau_kpi.desk import Desk
    from vinhchau_kpi.finding import Finding
    from vinhchau_kpi.intake.read.submission import Submission
    from vinhchau_kpi.views.screen import ScreenPart

TEXT = (".csv", ".tsv", ".txt")
LONGEST = 60
"""Characters of a sender's file name that the name of its letter takes over."""


def language_of(desk: Desk, lang: Lang | None) -> Language:
    """The sender is Vietnamese, whatever the officer's own language."""
    return Language(lang.value if lang else desk.office.papers)


def marked_copy(
    desk: Desk, submission: Submission, findings: Sequence[Finding], language: Language, *, as_csv: bool
) -> bytes:
    """The sender's own file with each finding marked in its cell. Raises `Refusal` where a CSV file would hide some."""
    from vinhchau_kpi.forms import annotation

    if as_csv:
        return annotation.csv_bytes(submission, findings, language)
    return annotation.workbook_bytes(submission, findings, language, desk.workbook(submission))


def replies(desk: Desk, answers: Sequence[Answer], language: Language) -> dict[str, bytes]:
    """By name, the marked copies, which are called as the senders' own files, and a letter to each sender."""
    from vinhchau_kpi.views.letters import letter

    made: dict[str, bytes] = {}
    for answer in answers:
        copies: dict[str, str] = {}
        for one in answer.files:
            grids = [part.grid for part in one.submission.parts if part.grid is not None]
            if len(grids) == len(one.submission.parts):
                is_text = grids[0].sheet is None
                name = _free(_copy_name(one.submission.file, is_text=is_text), made)
                made[name] = marked_copy(desk, one.submission, one.findings, language, as_csv=is_text)
                copies[one.submission.file] = name
        about = answer.agency or PurePath(answer.files[0].submission.file).stem[:LONGEST]
        screen = letter(answer, copies, desk.plan, desk.office, language)
        made |= in_both_forms(_free(f"thu-{plain_name(about)}.txt", made), screen, language)
    return made


def in_both_forms(name: str, screen: Sequence[ScreenPart], language: Language) -> dict[str, bytes]:
    """A letter as text, to be copied into a message, and as a Word file; `name` is that of the text."""
    from vinhchau_kpi.forms.tables import letter

    return dict(zip((name, f"{name[:-4]}.docx"), letter(screen, language), strict=True))


def _copy_name(file: str, *, is_text: bool) -> str:
    path = PurePath(file)
    fits = path.suffix.lower() in (TEXT if is_text else (".xlsx",))
    return path.name if fits else path.with_suffix(".csv" if is_text else ".xlsx").name


def _free(name: str, taken: dict[str, bytes]) -> str:
    """A name that no other file has, where systems tell no small letters from capitals."""
    path, names, n = PurePath(name), {nfc(one).casefold() for one in taken}, 1
    while nfc(name).casefold() in names:
        n += 1
        name = f"{path.stem} ({n}){path.suffix}"
    return name


def plain_name(text: str) -> str:
    """A text as the name of a file or folder of any system."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "-", text)
