"""Which encoding a file is in, and how its letters were spoiled: the rules, held to files that say what they are."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from corpus import NOTES, WAYS, Member, Way, members, plan, single_notes, tcvn3, vni

from vinhchau_kpi import rules
from vinhchau_kpi.finding import Finding
from vinhchau_kpi.intake.cut.delimited import read_delimited
from vinhchau_kpi.intake.cut.spoiled import SURE, spoiled
from vinhchau_kpi.intake.open.encodings import decode
from vinhchau_kpi.intake.open.files import InputFile
from vinhchau_kpi.intake.read.submission import Options, read_submission
from vinhchau_kpi.plan import Plan

READABLE = [way for way in WAYS if way.rule is None]
SPOILED = [way for way in WAYS if way.rule is not None and not way.is_french]
FRENCH = [way for way in WAYS if way.is_french]
ENCODING = rules.ENCODING.code

SLICE = list(members(sizes=(3, 30), copies=2))
NOTE_FILES = list(single_notes())[::7]


@cache
def read(data: bytes, file: str = "x.csv") -> tuple[str | None, Finding | None]:
    """The text of a file, or what it is refused for."""
    decoded, findings = decode(data, file)
    if decoded is None:
        return None, findings[0]
    grid, findings = read_delimited(decoded.text, file)
    if grid is None:
        return None, decoded.doubt or findings[0]
    found = spoiled(grid) or ([decoded.doubt] if decoded.doubt else [])
    return (None, found[0]) if found else (decoded.text, None)


def code_of(data: bytes) -> str | None:
    finding = read(data)[1]
    return finding.rule.code if finding else None


def of(way: Way, files: list[Member] = SLICE) -> Iterator[Member]:
    return (member for member in files if member.way is way)


def with_notes(*notes: str) -> str:
    return "indicator;period;value;note\n" + "".join(f'KT-02;2019-01;468;"{note}"\n' for note in notes)


def name(value: object) -> str:
    return value.name if isinstance(value, Way) else str(value)


# The corpus


@pytest.mark.parametrize("way", READABLE, ids=name)
def test_sound_files_are_read(way: Way) -> None:
    """A file in an encoding that is read comes out letter for letter as it was written."""
    for member in of(way):
        text, finding = read(member.data)
        assert text is not None, (str(member), finding)
        assert unicodedata.normalize("NFC", text) == member.text, str(member)


@pytest.mark.parametrize("way", READABLE, ids=name)
def test_a_single_note_is_read_or_refused(way: Way) -> None:
    """Where one note is all there is to go by, it is read as it was, or the file is refused for its encoding."""
    for member in of(way, NOTE_FILES):
        text, finding = read(member.data)
        if text is None:
            assert finding is not None
            assert finding.rule is rules.ENCODING, str(member)
        else:
            assert unicodedata.normalize("NFC", text) == member.text, str(member)


@pytest.mark.parametrize("way", SPOILED, ids=name)
def test_each_way_of_spoiling_is_named(way: Way) -> None:
    """A file with enough spoiled words is refused, and how they were spoiled is named."""
    enough = [member for member in of(way) if member.spoiled_words >= SURE]
    assert enough
    assert [str(member) for member in enough if code_of(member.data) != way.rule] == []


@pytest.mark.parametrize("way", SPOILED, ids=name)
def test_nothing_is_named_wrongly(way: Way) -> None:
    """However little there is to go by, a file is not said to be spoiled in a way that it is not."""
    for member in [*of(way), *of(way, NOTE_FILES)]:
        assert code_of(member.data) in (way.rule, ENCODING, None), str(member)


@pytest.mark.parametrize("way", SPOILED, ids=name)
def test_spoiled_bytes_are_never_text(way: Way) -> None:
    """What is no valid UTF-8 is never taken for a text, be it named or not."""
    for member in [*of(way), *of(way, NOTE_FILES)]:
        try:
            member.data.decode()
        except UnicodeDecodeError:
            assert read(member.data)[0] is None, str(member)


@pytest.mark.parametrize("way", FRENCH, ids=name)
def test_french_is_refused_for_its_encoding(way: Way) -> None:
    """Text in a western code page is neither read nor said to be spoiled Vietnamese."""
    assert {code_of(member.data) for member in of(way)} == {ENCODING}


def test_the_program_answers_so(tmp_path: Path, plan2019: Plan) -> None:
    """Reading a file whole comes to the same answer as the parts that are tested here."""
    path = tmp_path / "x.csv"
    for member in SLICE[:: len(WAYS) + 1]:
        path.write_bytes(member.data)
        submission = read_submission(InputFile(path), plan2019, Options())
        text, finding = read(member.data, str(path))
        if finding is not None:
            assert tuple(submission.findings) == (finding,), str(member)
        else:
            assert not {f.rule.code for f in submission.findings} & {ENCODING, *(way.rule for way in SPOILED)}
            assert submission.rows == member.rows, str(member)
            assert text is not None


# Sound texts


def texts_of_the_plan() -> list[str]:
    found = plan()
    subjects = [*(e.indicator for e in found.entries.values()), *(c for c, _ in found.commitments.values())]
    parties = [*found.areas.values(), *found.agencies.values(), *found.units.values(), *found.rounds]
    words = [party.name.vi for party in parties]
    for subject in subjects:
        words += [subject.name.vi, subject.source.quote or "", subject.source.note or ""]
    return [*filter(None, dict.fromkeys(words)), *NOTES]


def test_the_plan_is_sound() -> None:
    """No name, quotation or note of the plan is called spoiled, alone or with the others, letters whole or apart."""
    texts = [text.replace('"', '""') for text in texts_of_the_plan()]
    assert len(texts) > 300
    for form in ("NFC", "NFD"):
        for notes in [*zip(texts), texts]:
            data = unicodedata.normalize(form, with_notes(*notes)).encode()
            assert code_of(data) is None, notes


SOUND = [
    "Đã xong chưa?Chưa", "Vì sao? Chưa rõ", "xong chưa?chưa", "đủ chưa?Đủ", "Vì sao?vì mưa", "Tại sao ?", "(?)",
    "bao nhiêu kg?", "https://vinhchau.gov.vn/tin?id=12", "https://vinhchau.gov.vn/van-ban?so=15", "Why?Because",
    "Done?yes", "Müller", "Señor", "café", "Zoë", "naïve", "Dvořák", "Curaçao", "Ångström", "Straße", "São Paulo",
    "Đắk Lắk", "Krông Pắc", "H’Mông", "Oóc Om Bóc", "Sel Đôn-ta", "TX. Vĩnh Châu", "Thuỷ", "Hoà", "khúc khuỷu",
    "ngoằn ngoèo", "m²", "m³/s", "25 °C", "±", "½", "¼ và ½", "¾ diện tích", "§ 5", "© 2019", "5 µm", "1ª", "tôm¹",
    "3×4", "€", "≥ 5", "•", "·", "XÃ…", "ỦY BAN NHÂN DÂN XÃ………", "«Toàn THỊ XÃ»", "CÓ…", "Ê…", "“Sạch”", "KHÓM – ẤP",
    "XÃ\u00a0LAI HÒA", "xã\u00a0Lai Hòa",
]  # fmt: skip


@pytest.mark.parametrize("note", SOUND)
def test_a_sound_note_is_not_called_spoiled(note: str) -> None:
    """Question marks without a space, web addresses, foreign names, units and fractions are no spoiled letters."""
    assert read(with_notes(note).encode()) == (with_notes(note), None)


PAIRS = [
    ("xong chưa?chưa", "Vì sao?vì mưa"),
    ("https://vinhchau.gov.vn/tin?id=12", "https://vinhchau.gov.vn/van-ban?so=15"),
    ("½ xong", "¼ xong"),
    ("Müller", "Señor"),
    ("«Toàn THỊ XÃ»", "CÓ…"),
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_two_sound_notes_are_not_called_spoiled(one: str, other: str) -> None:
    """Two of them in one file prove nothing either."""
    assert code_of(with_notes(one, other).encode()) is None


# Examples


@pytest.mark.parametrize(
    ("text", "rule", "value", "right"),
    [
        ("Tá»· lá»‡", rules.MOJIBAKE, "Tá»·", "Tỷ"),
        ("Ä‘á»“ng", rules.MOJIBAKE, "Ä‘á»“ng", "đồng"),
        ("vÃ\u00a0ng", rules.MOJIBAKE, "vÃ\u00a0ng", "vàng"),
        ("chĂº", rules.MOJIBAKE, "chĂº", "chú"),
        ("PhÃ†Â°Ã¡Â»Â\u009dng", rules.MOJIBAKE, "PhÃ†Â°Ã¡Â»Â\u009dng", "Phường"),
        ("MÃ¼ller", rules.MOJIBAKE, "MÃ¼ller", "Müller"),
        (tcvn3("Cục thống kê"), rules.TCVN3_LETTERS, "Côc", "Cục"),
        (vni("diện tích trực tiếp"), rules.VNI_LETTERS, "dieän", "diện"),
        (vni("Trung tâm Y tế"), rules.VNI_LETTERS, "taâm", "tâm"),
        ("Di?n tích nuôi tr?ng th?y s?n", rules.LOST_LETTERS, "Di?n", ""),
        ("DI?N TÍCH NUÔI TR?NG", rules.LOST_LETTERS, "DI?N", ""),
        ("T? l?", rules.LOST_LETTERS, "T?", ""),
        ("Di\ufffdn t\ufffdch", rules.LOST_LETTERS, "Di\ufffdn", ""),
    ],
)
def test_the_word_and_what_it_was_are_shown(text: str, rule: rules.Rule, value: str, right: str) -> None:
    """The finding shows the spoiled word and, where it can be had back, what it was."""
    _, finding = read(with_notes(text).encode())
    assert finding is not None
    assert finding.rule is rule
    assert finding.args == {"value": value, "right": right}


@pytest.mark.parametrize("column", [1, 3, 5])
@pytest.mark.parametrize("line", [1, 2, 7])
def test_the_place_is_that_of_the_first_spoiled_cell(line: int, column: int) -> None:
    """Line and column are those of the first spoiled cell in the order of reading, and one finding says it."""
    rows = [["KT-02", "Diện tích", "2019-01", "468", "Đã đủ"] for _ in range(9)]
    rows[line - 1][column - 1] = "Tá»· lá»‡"
    rows[8] = ["Tá»·"] * 5
    grid, _ = read_delimited("\r\n".join(map(";".join, rows)), "x.csv")
    assert grid is not None
    (finding,) = spoiled(grid)
    assert (finding.place.file, finding.place.line, finding.place.column) == ("x.csv", line, column)


def test_the_place_counts_lines_as_an_editor_does() -> None:
    """Above the spoiled cell a quoted cell holds a line break, and two words are needed: the place is the first's."""
    text = 'indicator;note\nKT-02;"Đã đủ\nCòn nợ"\nKT-03;dieän\nKT-04;tröïc tieáp töøng\n'
    _, finding = read(text.encode())
    assert finding is not None
    assert (finding.rule, finding.place.line, finding.place.column) == (rules.VNI_LETTERS, 4, 2)


@pytest.mark.parametrize("note", ["Đã thu tiền", "điều", "nhiều"])
def test_tcvn3_is_not_read_as_windows_1258(note: str) -> None:
    """Bytes that windows-1258 makes some Vietnamese word of are not in it where TCVN3 makes more of them."""
    text, finding = read(tcvn3(with_notes(note)).encode("cp1252"))
    assert text is None
    assert finding is not None


def test_windows_1252_is_not_read_as_windows_1258() -> None:
    """“bánh giò” in windows-1252 is not read as “bánh gị”, which the same bytes are in windows-1258."""
    assert read(with_notes("bánh giò").encode("cp1252"))[0] is None


def test_a_word_without_end_takes_no_time() -> None:
    """A hundred thousand letters without a space are passed over, not searched in their square."""
    begun = time.process_time()
    assert code_of(with_notes("?" + "a" * 99_000).encode()) is None
    assert time.process_time() - begun < 1


@pytest.mark.parametrize("notes", [("KH? TH?",), ("10µm", "25µm"), ("“sạch nhà” đã xong", "gì… mà")])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_abbreviations_units_and_quotation_marks_are_sound(notes: tuple[str, ...], form: Any) -> None:
    """A question about KH and TH, microns, and grave accents before a closing mark are nothing spoiled."""
    assert code_of(unicodedata.normalize(form, with_notes(*notes)).encode()) is None
