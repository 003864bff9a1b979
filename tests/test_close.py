"""`kpi close`: a month's end in one folder, whole or not at all: answers, reminders, the report, what has moved."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from unittest import mock

import docx
import openpyxl
import pytest
from transcript import ROOT, Run, kpi

from vinhchau_kpi import output, rules

PLAN = """\
id: x
year: 2019
title: {vi: Kế hoạch thử, en: A plan}
units: {tan: {name: {vi: tấn, en: tonnes}}}
agencies: {kinh-te: {name: {vi: Phòng Kinh tế, en: Economy}}, thue: {name: {vi: Chi cục Thuế, en: Tax}}}
sections:
  - id: KT
    title: Kinh tế
    indicators:
      - {code: KT-01, name: Lúa, unit: tan, target: {at_least: 1200}, measure: flow, every: month, lead: kinh-te}
      - {code: KT-02, name: Muối, unit: tan, target: {at_least: 120}, measure: flow, every: month, lead: thue}
"""
HEAD = "mã;kỳ;thực hiện;đơn vị báo cáo;ngày báo cáo\n"
REPORT = {"bao-cao.html", "bao-cao.xlsx", "bao-cao.docx", "so-sanh.html"}
ALWAYS = {"don-doc.txt", "don-doc.docx", "tom-tat.json", output.MANIFEST}


def rows(agency: str, *figures: str) -> str:
    return HEAD + "".join(f"{figure};{agency};\n" for figure in figures)


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "actuals").mkdir()
    monkeypatch.chdir(tmp_path)
    Path("plan.yaml").write_text(PLAN, encoding="utf-8")
    put("2019-06-kinh-te.csv", rows("kinh-te", *(f"KT-01;T{month};100" for month in range(1, 7))))
    put("2019-07-kinh-te.csv", rows("kinh-te", "KT-01;T7;110"))


def put(name: str, text: str) -> None:
    path = Path("actuals", name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text.replace(";T", ";2019-0"), encoding="utf-8")


def close(*more: str) -> Run:
    return kpi("close", "T7", "--lang", "vi", *more)


def made(folder: str = "2019-07") -> set[str]:
    return {path.relative_to(folder).as_posix() for path in Path(folder).rglob("*") if path.is_file()}


def letter(name: str) -> str:
    """The text of a letter, which its Word file has too."""
    text = Path("2019-07", f"{name}.txt").read_text(encoding="utf-8")
    word = [one.text for one in docx.Document(f"2019-07/{name}.docx").paragraphs]
    assert [line for line in text.splitlines() if line] == [line for line in word if line]
    return text


def test_a_sound_month_is_closed_whole() -> None:
    """Without a fault there is the report in all forms, what has moved, the reminder of who is silent, and nobody is answered."""
    run = close()
    assert run.code == 0, run
    assert made() == ALWAYS | REPORT
    assert "Chi cục Thuế còn thiếu: tháng 1/2019 (hạn" in letter("don-doc")
    assert "Phòng Kinh tế" not in letter("don-doc")
    facts = json.loads(Path("2019-07/tom-tat.json").read_text(encoding="utf-8"))
    assert (facts["errors"], facts["answers"], facts["summary"]["on_track"]) == (0, [], 1)
    assert {one["agency"] for one in facts["missing"]} == {"thue"}


def test_the_report_is_that_of_the_command() -> None:
    """The page and what has moved are, to the letter, those that `kpi report` and `kpi diff` write."""
    close()
    kpi("report", "2019-07", "-o", "a.html", "--lang", "vi")
    kpi("diff", "2019-06", "2019-07", "-o", "b.html", "--lang", "vi")
    for one, other in (("a.html", "bao-cao.html"), ("b.html", "so-sanh.html")):
        assert Path(one).read_bytes() == Path("2019-07", other).read_bytes()


def test_errors_stop_the_report_and_not_the_answers() -> None:
    """The sender is told of each fault with its line, what stands there and what to do; the report needs --skip-invalid."""
    put("2019-07-kinh-te.csv", rows("kinh-te", "KT-01;T7;chưa có"))
    run = close()
    assert (run.code, "Chưa lập báo cáo" in run.stdout) == (1, True)
    assert made() == ALWAYS | {
        f"tra-loi/{name}" for name in ("2019-07-kinh-te.csv", "thu-kinh-te.txt", "thu-kinh-te.docx")
    }
    text = letter("tra-loi/thu-kinh-te")
    assert "Kính gửi: Phòng Kinh tế" in text
    assert "1. Dòng 2, cột 3: Không đọc được “chưa có” thành số: không có chữ số nào. Cách sửa: Chỉ ghi chữ số" in text
    assert "gửi lại tệp trong 2 ngày làm việc" in text
    assert "Đã nhận nhưng chưa dùng được hết: 2019-07-kinh-te.csv" in letter("don-doc")
    assert "Không đọc được" in Path("2019-07/tra-loi/2019-07-kinh-te.csv").read_text(encoding="utf-8-sig")
    run = close("--skip-invalid")
    assert (run.code, made() >= REPORT) == (1, True)
    assert "1 dòng" in run.stdout


def test_a_doubt_is_told_and_marked_until_it_is_confirmed() -> None:
    """A figure that may be wrong stands in the report with its mark; exit 1 until a person has found it right."""
    put("2019-07-kinh-te.csv", rows("kinh-te", "KT-01;T7;100000"))
    run = close()
    assert (run.code, made() >= REPORT) == (1, True)
    assert "Dòng 2, cột 3, đang ghi “100000”: 100.000 bằng 1.000 lần mức 100" in letter("tra-loi/thu-kinh-te")
    put("confirmed.csv", "mã;kỳ;địa bàn;giá trị;người xác nhận;ngày;lý do\nKT-01;T7;;100000;An;20/07/2019;đã xem\n")
    run = close()
    assert (run.code, made()) == (0, ALWAYS | REPORT), run


def test_what_could_not_be_read_is_answered_too() -> None:
    """A document, a picture, a PDF and an archive each get a letter; where the name tells the agency, to that."""
    with zipfile.ZipFile("actuals/phòng kinh tế.zip", "w") as archive:
        archive.writestr("a.csv", "x")
    for name, head in (
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("b.pdf", b"%PDF-1.4"),
        ("2019-07-thue.jpg", b"\xff\xd8\xff\xe0"),
    ):
        Path("actuals", name).write_bytes(head + bytes(600))
    assert close().code == 1
    letters = {name.removeprefix("tra-loi/") for name in made() if name.startswith("tra-loi/")}
    assert letters == {f"thu-{name}.{form}" for name in ("kinh-te", "thue", "a", "b") for form in ("txt", "docx")}
    assert "Kính gửi: Đơn vị gửi tệp a.doc" in letter("tra-loi/thu-a")
    assert "tệp nén, không phải bảng số liệu" in letter("tra-loi/thu-kinh-te")


def test_no_letter_names_an_option_or_a_rule() -> None:
    """The faults of every kind that the catalogue shows are told without flags, codes of rules, or this machine's folders."""
    for at, folder in enumerate(sorted((ROOT / "tests" / "errors").iterdir())):
        for file in folder.iterdir():
            if file.suffix in (".csv", ".xlsx", ".docx") and file.name != "confirmed.csv":
                Path("actuals", f"{at}-{file.name}").write_bytes(file.read_bytes())
    Path("plan.yaml").unlink()
    close()
    texts = [path.read_text(encoding="utf-8") for path in Path("2019-07/tra-loi").glob("thu-*.txt")]
    assert len(texts) > 50
    for text in texts:
        assert not any(word in text for word in ("--", "kpi ", "actuals", *(f"[{rule.code}]" for rule in rules.ALL))), (
            text
        )


def test_two_senders_of_one_figure_are_both_told() -> None:
    """Each gets its own file with the cell marked, and the place in the other's."""
    put("thue.csv", rows("thue", "KT-01;T7;130"))
    assert close().code == 1
    names = {name for name in made() if name.startswith("tra-loi/")}
    assert {
        "tra-loi/thue.csv",
        "tra-loi/2019-07-kinh-te.csv",
        "tra-loi/thu-thue.txt",
        "tra-loi/thu-kinh-te.txt",
    } < names
    both = letter("tra-loi/thu-kinh-te"), letter("tra-loi/thu-thue")
    assert ["tệp thue.csv" in both[0], "tệp 2019-07-kinh-te.csv" in both[1]] == [True, True]
    marked = [
        Path("2019-07/tra-loi", name).read_text(encoding="utf-8-sig") for name in ("thue.csv", "2019-07-kinh-te.csv")
    ]
    assert all("130" in one.splitlines()[1] and "110" in one.splitlines()[1] for one in marked)


def test_a_copy_is_the_one_that_validate_writes() -> None:
    """Its cells, remarks and list are those of `kpi validate FILE --actuals … --annotate`."""
    book = openpyxl.Workbook()
    for row in (
        ["mã", "kỳ", "thực hiện", "đơn vị báo cáo"],
        ["KT-01", "T7/2019", 99999, "kinh-te"],
        ["KT-09", "T7/2019", 1, "kinh-te"],
    ):
        book.active.append(row)
    Path("actuals/2019-07-kinh-te.csv").unlink()
    book.save("actuals/kt.xlsx")
    kpi("validate", "actuals/kt.xlsx", "--actuals", "actuals", "--annotate", "a.xlsx", "--lang", "vi")
    close()
    copies = [openpyxl.load_workbook(path) for path in ("a.xlsx", "2019-07/tra-loi/kt.xlsx")]
    one, other = (
        [
            (c.coordinate, c.value, c.comment and c.comment.text, c.fill.start_color.rgb)
            for page in book
            for row in page
            for c in row
        ]
        for book in copies
    )
    assert one == other
    assert any(comment for *_, comment, _ in one)


def test_a_file_of_several_senders_is_answered_to_none_of_them() -> None:
    """Rows with faults say who sends as sound ones do: what several have sent is answered to whoever sent the file."""
    put("2019-07-kinh-te.csv", rows("kinh-te", "KT-01;T7;110") + "KT-02;2019-07;abc;Chi cục Thuế;\n")
    assert close().code == 1
    assert "Kính gửi: Đơn vị gửi tệp 2019-07-kinh-te.csv" in letter("tra-loi/thu-2019-07-kinh-te")


def test_names_that_meet_are_kept_apart() -> None:
    """Two files of one name from two folders come back as two, and another kind of file as a workbook."""
    for folder in ("a", "B"):
        put(f"{folder}/x.csv", rows("kinh-te", "KT-09;T7;1"))
    put("x.tsv", rows("thue", "KT-09;T7;1").replace(";", "\t"))
    close()
    assert {"tra-loi/x.csv", "tra-loi/x (2).csv", "tra-loi/x.tsv"} < made()


def test_what_is_this_offices_is_told_on_the_screen() -> None:
    """A fault in the list of confirmed figures is no sender's: it stops the report and is shown, and nobody is written to."""
    put("confirmed.csv", "mã;kỳ;giá trị;người xác nhận\nKT-01;T7;100;\n")
    run = close()
    assert (run.code, made()) == (1, ALWAYS)
    assert "confirmed.csv:2" in run.stdout


def test_a_rerun_replaces_what_nobody_has_touched() -> None:
    """The folder is made again, without what is no longer so; where a file was changed or added by hand it is left alone."""
    put("2019-07-kinh-te.csv", rows("kinh-te", "KT-01;T7;chưa có"))
    close()
    put("2019-07-kinh-te.csv", rows("kinh-te", "KT-01;T7;110"))
    Path("2019-07/Thumbs.db").write_bytes(b"of the system")
    assert close().code == 0
    assert made() == ALWAYS | REPORT
    for name in ("don-doc.txt", "own.txt"):
        before = made()
        Path("2019-07", name).write_text("ours", encoding="utf-8")
        run = close()
        assert (run.code, run.stdout, name in run.stderr) == (2, "", True)
        assert (made(), Path("2019-07", name).read_text(encoding="utf-8")) == (before | {name}, "ours")
    assert close("-o", "other").code == 0
    assert [path.name for path in Path().glob(".*")] == []


@pytest.mark.parametrize("name", ["actuals/2019-07", ".", "actuals", "plan.yaml", "none/here"])
def test_a_folder_that_cannot_be_written_is_refused(name: str) -> None:
    """Among the figures, where it would be read as some; where other files stand; where there is no folder to be in."""
    before = sorted(Path().rglob("*"))
    run = close("-o", name)
    assert (run.code, run.stdout) == (2, "")
    assert sorted(Path().rglob("*")) == before


@pytest.mark.parametrize("step", ["mkdir", "rename", "fsync"])
def test_what_fails_on_the_way_leaves_the_old_folder(step: str) -> None:
    """Whatever the system refuses while the folder is written, the old one stays whole, and nothing lies beside it."""
    close()
    before = {path: path.read_bytes() for path in Path("2019-07").rglob("*") if path.is_file()}
    put("2019-07-kinh-te.csv", rows("kinh-te", "KT-01;T7;120"))
    owner = os if step == "fsync" else Path
    real = getattr(owner, step)
    calls = []

    def failing(*args: object, **more: object) -> object:
        calls.append(args)
        if len(calls) == 2:
            raise PermissionError(13, "no")
        return real(*args, **more)

    with mock.patch.object(owner, step, failing):
        run = close()
    assert (run.code, "Không ghi" in run.stderr) == (2, True), run
    assert {path: path.read_bytes() for path in Path("2019-07").rglob("*") if path.is_file()} == before
    assert [path.name for path in Path().glob(".*")] == []


@pytest.mark.skipif(sys.platform == "win32", reason="a process is killed by a signal on Unix")
@pytest.mark.parametrize("moment", [1, 9, 10])
def test_a_killed_process_leaves_a_whole_folder(moment: int) -> None:
    """Killed while it writes or between the two renames, it leaves the old folder whole or none at all, and the next run puts all to rights."""
    close()
    before = made()
    put("2019-07-kinh-te.csv", rows("kinh-te", "KT-01;T7;120"))
    code = (
        "import os, pathlib, signal, sys\nn = 0\n"
        "def dying(real):\n    def call(*args, **more):\n        global n\n        n += 1\n"
        f"        if n == {moment}: os.kill(os.getpid(), signal.SIGKILL)\n        return real(*args, **more)\n    return call\n"
        "os.fsync, pathlib.Path.rename = dying(os.fsync), dying(pathlib.Path.rename)\n"
        "from vinhchau_kpi.cli import main\nsys.exit(main(['close', 'T7', '--lang', 'vi']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        cwd=Path.cwd(),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert not Path("2019-07").exists() or made() == before
    assert close().code == 0
    assert (made(), [path.name for path in Path().glob(".*")]) == (before, [])


def test_the_office_signs_its_letters() -> None:
    """What kpi.toml says of the office stands in letters: its name, who signs, where to answer, in how many days; papers' language."""
    Path("kpi.toml").write_text(
        'office = "Văn phòng"\nparent = "Thị xã"\nsigner = "Chánh Văn phòng"\naddress = "vp@x.vn"\nworking_days = 3\n',
        encoding="utf-8",
    )
    put("2019-07-kinh-te.csv", rows("kinh-te", "KT-01;T7;chưa có"))
    assert kpi("close", "T7", env={"LANG": "en_US.UTF-8"}).code == 1
    text = Path("2019-07/tra-loi/thu-kinh-te.txt").read_text(encoding="utf-8")
    assert all(words in text for words in ("trong 3 ngày làm việc", "vp@x.vn", "Văn phòng", "Chánh Văn phòng"))
    assert docx.Document("2019-07/tra-loi/thu-kinh-te.docx").paragraphs[0].text == "THỊ XÃ"


@pytest.mark.skipif(sys.platform == "win32", reason="limits on a file's size are a thing of Unix")
def test_no_room_for_temporary_files_is_said() -> None:
    """A marked workbook is made by way of temporary files: where there is no room for them, that is said and nothing is written."""
    book = openpyxl.Workbook()
    for at in range(400):
        book.active.append(["mã", "kỳ", "thực hiện"] if at == 0 else [f"KT-{at}", "T7/2019", at])
    book.save("actuals/kt.xlsx")
    code = (
        "import resource, sys\nresource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "sys.argv = ['kpi', 'close', 'T7', '--lang', 'en']\nfrom vinhchau_kpi.__main__ import main\nsys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (done.returncode, "File too large" in done.stderr, "Traceback" in done.stderr) == (2, True, False), done
    assert not Path("2019-07").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only there a name may be no text")
def test_names_that_are_no_text() -> None:
    """A file whose name is no text is answered like any other."""
    Path(os.fsdecode(b"actuals/x\xff.csv")).write_text(rows("kinh-te", "KT-09;2019-07;1"), encoding="utf-8")
    run = close()
    assert run.code == 1, run
    assert os.fsdecode(b"tra-loi/x\xff.csv") in made()
