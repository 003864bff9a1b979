"""The CSV that is written for Excel."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from transcript import ROOT, kpi

from vinhchau_kpi.forms import Result
from vinhchau_kpi.forms.excel_csv import write
from vinhchau_kpi.messages import EN, VI, Language

SAMPLES = str(ROOT / "data" / "samples" / "2019-*.csv")


def cells(value: object, language: Language = VI) -> str:
    """What a value is written as."""
    made = "".join(write(Result(facts=list, records=lambda: (["x"], [{"x": value}])), language))
    return made.removeprefix("\ufeffx\r\n").removesuffix("\r\n")


def test_what_excel_would_change_stays_what_it_is() -> None:
    """Numbers have the language's decimal sign; a month, a long number and a formula stay text, and a day is one."""
    given = {
        Decimal("1234.5"): "1234,5", Decimal(1234567890123456): "'1234567890123456", 14: "14", True: "True", "2019-06": "T6/2019", "2019-Q2": "2019-Q2", "2019-06-18": "2019-06-18", "=1+1": "'=1+1", "5/7": "'5/7", "1.10": "'1.10",
        "Phường 1; xã": '"Phường 1; xã"',
    }  # fmt: skip
    assert {value: cells(value) for value in given} == given
    assert (cells(Decimal("1.5"), EN), cells("a;b", EN), cells("a,b", EN)) == ("1.5", "a;b", '"a,b"')


def test_a_file_is_for_excel_and_a_named_form_for_programs(tmp_path: Path) -> None:
    """`-o x.csv` opens in a Vietnamese Excel, whatever the computer's language; `--format csv` stays as it was, in a file too."""
    path, report = tmp_path / "x.csv", ("report", "2019-06", "--actuals", SAMPLES)
    assert kpi(*report, "-o", str(path), env={"LANG": "en_US.UTF-8"}).code == 0
    written = path.read_bytes()
    assert written.startswith(b"\xef\xbb\xbfcode;")
    assert written.count(b"\r\n") == written.count(b"\n")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        row = next(one for one in csv.DictReader(lines, delimiter=";") if one["code"] == "KT-02")
    assert (row["percent"], row["value_period"], row["target"]) == ("57,6", "T6/2019", "at_least 28500")
    machine = kpi(*report, "--format", "csv").stdout
    assert kpi(*report, "--format", "csv", "-o", str(path)).code == 0
    assert path.read_text(encoding="utf-8") == machine
