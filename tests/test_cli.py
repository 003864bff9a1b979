"""The command line: what users type, what they see, how it ends."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from transcript import ROOT, kpi

from vinhchau_kpi.cli import main

SAMPLES = str(ROOT / "data" / "samples" / "2019-*.csv")
HEADER = "mã chỉ tiêu;kỳ báo cáo;thực hiện;ghi chú\n"
ROW = "KT-02;2019-01;1200;\n"


def csv(folder: Path, text: str | bytes, name: str = "so-lieu.csv") -> str:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


HOSTILE: dict[str, bytes] = {
    "empty": b"",
    "only a byte-order mark": b"\xef\xbb\xbf",
    "binary": bytes(range(256)) * 40,
    "a 5 MB single line": b"x" * 5_000_000,
    "a 5 MB line of separators": b";" * 5_000_000,
    "NUL bytes": HEADER.encode() + b"KT-02;2019-01;12\x0000;\n",
    "header only": HEADER.encode(),
    "300 columns": (";".join(f"c{n}" for n in range(300)) + "\n" + ";".join("1" * 300) + "\n").encode(),
    "300 columns beside known ones": (
        HEADER.strip() + ";x" * 296 + "\n" + "KT-02;2019-01;1;;" + ";".join("1" * 296) + "\n"
    ).encode(),
    "a row too long": (HEADER + "KT-02;2019-01;1200;;5\n").encode(),
    "a row too short": (HEADER + "KT-02;2019-01\n").encode(),
    "a formula": (HEADER + "KT-02;2019-01;=cmd|' /C calc'!A0;\n").encode(),
    "a formula for a code": (HEADER + "=cmd|' /C calc'!A0;2019-01;1;\n").encode(),
    "markup": (HEADER + "[red]KT-02[/red];2019-01;[bold]1;\n").encode(),
    "escape sequences": (HEADER + "\x1b[31mKT-02\x1b[0m;2019-01;\x1b]0;title\x07;\n").encode(),
    "an exponent": (HEADER + "KT-02;2019-01;1e999999999;\n").encode(),
    "Arabic-Indic digits": (HEADER + "KT-02;2019-01;١٢٠٠;\n").encode(),
    "a number of 4000 digits": (HEADER + "KT-02;2019-01;" + "9" * 4000 + ";\n").encode(),
    "a period of 2091-13": (HEADER + "KT-02;2091-13;1200;\n").encode(),
    "a quote never closed": (HEADER + 'KT-02;2019-01;1200;"\n').encode(),
    "UTF-16 without its mark": (HEADER + ROW).encode("utf-16-le"),
    "an old code page": "mã;kỳ;thực hiện\nKT-02;2019-01;1200\n".encode("cp1258", "replace"),
    "braces": (HEADER + "{0.__class__};2019-01;{x};\n").encode(),
    "a surrogate": HEADER.encode() + b"\xed\xa0\x80;2019-01;1;\n",
    "lone carriage returns": (HEADER + ROW).replace("\n", "\r").encode(),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_file_brings_the_program_down(name: str, lang: str, tmp_path: Path) -> None:
    """Whatever a file holds: findings or nothing to object to, exit 0 or 1, no traceback, and its bytes untouched."""
    file = csv(tmp_path, HOSTILE[name])
    for arguments in (["validate", file], ["report", "2019-01", "--actuals", file]):
        run = kpi(*arguments, "--lang", lang)
        assert run.code in (0, 1), (run.stdout, run.stderr)
        assert "Traceback" not in run.stdout + run.stderr
        assert "\x1b" not in run.stdout + run.stderr
        assert len(run.stdout) < 20_000
    assert Path(file).read_bytes() == HOSTILE[name]


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in ("header only", "lone carriage returns")])
def test_a_hostile_file_is_an_error(name: str, tmp_path: Path) -> None:
    """A file that cannot be taken as it stands ends with exit 1 and at least one error."""
    run = kpi("validate", csv(tmp_path, HOSTILE[name]), "--format", "json")
    assert run.code == 1 or name == "300 columns beside known ones"
    assert json.loads(run.stdout)


def test_a_line_ending_of_any_kind_is_read(tmp_path: Path) -> None:
    """CR, LF and CRLF files give the same figures."""
    text = HEADER + ROW + "KT-03;2019-01;5;\n"
    for ending in ("\n", "\r\n", "\r"):
        run = kpi("report", "2019-01", "--format", "json", "--actuals", csv(tmp_path, text.replace("\n", ending)))
        values = {row["code"]: row["value"] for row in json.loads(run.stdout)["rows"] if row["value"] is not None}
        assert values == {"KT-02": 1200, "KT-03": 5}


def test_a_folder_without_files_is_a_usage_error(tmp_path: Path) -> None:
    """An empty folder is said to hold no file of figures, exit 2."""
    run = kpi("validate", str(tmp_path), "--lang", "en")
    assert (run.code, run.stdout) == (2, "")
    assert "has no file of figures" in run.stderr


def test_a_missing_path_is_a_usage_error(tmp_path: Path) -> None:
    """A path that leads nowhere is named, exit 2."""
    for arguments in (
        ["validate", "nowhere.csv"],
        ["report", "--actuals", "nowhere"],
        ["diff", "a.csv", "b.csv"],
        ["plan", "check", "no.yaml"],
        ["report", "--plan", "no.yaml"],
    ):
        run = kpi(*arguments, "--lang", "en")
        assert run.code == 2, arguments
        assert "There is no" in run.stderr


def test_no_actuals_folder_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without figures anywhere, the user is told where to put them, exit 2."""
    monkeypatch.chdir(tmp_path)
    run = kpi("report", "--lang", "en")
    assert run.code == 2
    assert "put the files in the folder actuals" in run.stderr


def test_the_actuals_folder_is_read_by_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`kpi report` reads ./actuals, and KPI_ACTUALS where it is set."""
    (tmp_path / "actuals").mkdir()
    csv(tmp_path / "actuals", HEADER + ROW)
    monkeypatch.chdir(tmp_path)
    assert json.loads(kpi("report", "--format", "json").stdout)["period"] == "2019-01"
    other = csv(tmp_path, HEADER + "KT-02;2019-04;7;\n", "khac.csv")
    assert json.loads(kpi("report", "--format", "json", env={"KPI_ACTUALS": other}).stdout)["period"] == "2019-04"


def test_a_directory_in_place_of_a_file_is_a_finding(tmp_path: Path) -> None:
    """A folder named like a CSV file is reported, not passed over."""
    (tmp_path / "thang-1.csv").mkdir()
    csv(tmp_path, HEADER + ROW)
    run = kpi("validate", str(tmp_path), "--format", "json")
    assert run.code == 1
    assert [finding["code"] for finding in json.loads(run.stdout)] == ["unreadable-file"]


def test_a_plan_that_is_a_directory_is_broken(tmp_path: Path) -> None:
    """`--plan FOLDER` and `plan check FOLDER` say that it cannot be read."""
    run = kpi("report", "--plan", str(tmp_path), "--actuals", SAMPLES, "--lang", "en")
    assert run.code == 2
    assert "it is a folder" in " ".join(run.stderr.split())
    assert kpi("plan", "check", str(tmp_path)).code == 1


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the administrator may open everything")
def test_a_file_without_permission_is_a_finding(tmp_path: Path) -> None:
    """A file that may not be opened is an error of that file."""
    file = csv(tmp_path, HEADER + ROW)
    Path(file).chmod(0)
    run = kpi("validate", file, "--format", "json")
    assert run.code == 1
    assert json.loads(run.stdout)[0]["code"] == "unreadable-file"


def test_permission_denied_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the system refuses to open a file, the finding says so, whoever runs the program."""
    file = csv(tmp_path, HEADER + ROW)

    really_open = Path.open

    def refuse(path: Path, *arguments: str) -> object:
        if str(path) == file:
            raise PermissionError(13, "Permission denied")
        return really_open(path, *arguments)

    monkeypatch.setattr(Path, "open", refuse)
    run = kpi("validate", file, "--lang", "en")
    assert run.code == 1
    assert "you may not open it" in run.stdout


def test_thousands_of_faults_make_a_readable_screen(tmp_path: Path) -> None:
    """Faults are grouped by rule with counts and the first of each; --all and json have every one."""
    rows = "".join(f"KT-02;2019-01;x{n};\nXX-{n % 10};2019-01;1;\n" for n in range(1500))
    file = csv(tmp_path, HEADER + rows)
    run = kpi("validate", file, "--lang", "en")
    assert run.code == 1
    assert len(run.stdout.splitlines()) < 40
    assert "[bad-number] × 1,500" in run.stdout
    assert "and 1,497 more; --all shows every one." in run.stdout
    assert len(kpi("validate", file, "--all", "--lang", "en").stdout.splitlines()) > 3_000
    assert len(json.loads(kpi("validate", file, "--format", "json").stdout)) == 3_000


def test_faults_stop_a_report(tmp_path: Path) -> None:
    """A report on faulty files prints findings and no table, exit 1."""
    file = csv(tmp_path, HEADER + ROW + "KT-03;2019-01;năm tấn;\n")
    run = kpi("report", "--actuals", file, "--lang", "en")
    assert (run.code, run.stdout) == (1, "")
    assert "[bad-number]" in run.stderr
    assert "--skip-invalid" in run.stderr


def test_skipping_is_said_in_the_report(tmp_path: Path) -> None:
    """With --skip-invalid the report is printed and says how many rows were left out, in its table and its JSON."""
    file = csv(tmp_path, HEADER + ROW + "KT-03;2019-01;năm tấn;\nKT-06;2019-01;1;\nKT-06;2019-01;2;\n")
    run = kpi("report", "--actuals", file, "--skip-invalid", "--lang", "en")
    assert run.code == 0
    assert "3 rows with errors were left out of this report." in run.stdout
    report = json.loads(kpi("report", "--actuals", file, "--skip-invalid", "--format", "json").stdout)
    assert report["summary"]["rows_left_out"] == 3
    assert {row["code"]: row["value"] for row in report["rows"]}["KT-06"] is None


def test_strict_makes_warnings_errors(tmp_path: Path) -> None:
    """--strict turns a warning into a reason to stop."""
    file = csv(tmp_path, HEADER + "KT-02;2019-01;-;\n")
    assert kpi("validate", file).code == 0
    assert kpi("validate", file, "--strict").code == 1
    assert kpi("report", "--actuals", file, "--strict").code == 1


def test_fail_on_status_sets_the_exit_code() -> None:
    """--fail-on behind exits 1 after printing the report, and 0 where no row has the status."""
    run = kpi("report", "--actuals", SAMPLES, "--fail-on", "behind")
    assert run.code == 1
    assert run.stdout
    assert kpi("report", "--actuals", SAMPLES, "--fail-on", "not_met").code == 0


def test_sorting_and_choosing() -> None:
    """--section, --status and --sort choose and order rows; the summary stays that of the report."""
    run = kpi("report", "--actuals", SAMPLES, "--section", "ld", "--sort", "percent", "--format", "json")
    report = json.loads(run.stdout)
    assert report["summary"]["indicators"] == 5
    percents = [row["percent"] for row in report["rows"] if row["percent"] is not None]
    assert percents == sorted(percents, reverse=True)
    chosen = json.loads(kpi("report", "--actuals", SAMPLES, "--status", "behind", "--format", "json").stdout)
    assert {row["status"] for row in chosen["rows"]} == {"behind"}
    assert chosen["summary"]["indicators"] == 59
    codes = [
        row["code"]
        for row in json.loads(kpi("report", "--actuals", SAMPLES, "--sort", "code", "--format", "json").stdout)["rows"]
    ]
    assert codes == sorted(codes)


def test_a_report_as_known_on_an_earlier_day() -> None:
    """--as-of leaves out what was reported later: April's fishery output is what April said, not its correction."""
    now = json.loads(kpi("report", "2019-04", "--actuals", SAMPLES, "--format", "json").stdout)
    then = json.loads(
        kpi("report", "2019-04", "--actuals", SAMPLES, "--as-of", "31/05/2019", "--format", "json").stdout
    )
    assert [{row["code"]: row["in_period"] for row in report["rows"]}["KT-03"] for report in (then, now)] == [
        5185,
        5651,
    ]
    assert then["as_of"] == "2019-05-31"


def test_rows_without_a_period_take_the_one_given_once(tmp_path: Path) -> None:
    """--period serves rows that give none, in every command that reads figures."""
    file = csv(tmp_path, "indicator;value\nKT-02;1200\n")
    for command in (["report"], ["show", "KT-02"], ["coverage"]):
        run = kpi(*command, "--actuals", file, "--period", "T3/2019", "--format", "json")
        assert run.code == 0, run.stderr
        assert "2019-03" in run.stdout
    assert kpi("report", "--actuals", file).code == 1


def test_checks_know_only_what_was_known(tmp_path: Path) -> None:
    """With --as-of a conflict reported later is no fault yet; without it, it stops the report."""
    text = "indicator;period;value;reported_on\nKT-02;2019-01;100;2019-02-05\nKT-02;2019-01;120;2019-03-10\n"
    file = csv(tmp_path, text + "KT-02;2019-01;130;2019-03-10\n")
    assert kpi("report", "2019-01", "--actuals", file).code == 1
    run = kpi("report", "2019-01", "--actuals", file, "--as-of", "2019-02-20", "--format", "json")
    assert run.code == 0
    assert {row["code"]: row["value"] for row in json.loads(run.stdout)["rows"]}["KT-02"] == 100


def test_diff_takes_two_of_a_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A period is a period even where a folder has its name; a file and a period cannot be compared."""
    (tmp_path / "2019-05").mkdir()
    (tmp_path / "2019-06").mkdir()
    monkeypatch.chdir(tmp_path)
    run = kpi("diff", "2019-05", "2019-06", "--actuals", SAMPLES, "--format", "json")
    assert json.loads(run.stdout)["a"] == {"period": "2019-05", "as_of": None}
    file = csv(tmp_path, HEADER + ROW)
    mixed = kpi("diff", file, "2019-06", "--actuals", SAMPLES, "--lang", "en")
    assert mixed.code == 2
    assert "two periods or two files" in mixed.stderr
    missing = kpi("diff", file, "khong-co.csv", "--lang", "en", "--actuals", SAMPLES)
    assert missing.code == 2
    assert kpi("diff", "x" * 5000, "y", "--actuals", SAMPLES).code == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full device is a thing of Linux")
def test_a_full_disk_is_no_fault_of_the_program() -> None:
    """When standard output cannot be written, the program says so and exits 2."""
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "vinhchau_kpi", "plan", "--lang", "en"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=ROOT, check=False)
    assert done.returncode in (2, 120)
    assert "Traceback" not in done.stderr


def test_diff_says_why_a_number_moved() -> None:
    """New months are new figures; the same month on two days is restated."""
    months = json.loads(kpi("diff", "2019-05", "2019-06", "--actuals", SAMPLES, "--format", "json").stdout)
    causes = {row["code"]: row["cause"] for row in months["rows"]}
    assert causes["KT-03"] == "new_figures"
    assert causes["YT-04"] == "none"
    days = json.loads(kpi("diff", "2019-04@2019-05-31", "2019-04", "--actuals", SAMPLES, "--format", "json").stdout)
    moved = {row["code"]: (row["change"], row["cause"]) for row in days["rows"] if row["cause"] != "none"}
    assert moved["KT-03"] == (466, "restated")


def test_diff_of_two_files(tmp_path: Path) -> None:
    """Two files are compared figure by figure; 1.0 and 1.00 are the same number."""
    a = csv(tmp_path, "indicator;period;value\nKT-02;2019-01;1,0\nKT-03;2019-01;5\nKT-10;2019-01;9\n", "a.csv")
    b = csv(tmp_path, "indicator;period;value\nKT-02;T1/2019;1,00\nKT-03;2019-01;6\nKT-11;2019-01;7\n", "b.csv")
    found = json.loads(kpi("diff", a, b, "--format", "json").stdout)
    assert [(row["code"], row["edit"]) for row in found["rows"]] == [
        ("KT-03", "changed"),
        ("KT-10", "removed"),
        ("KT-11", "added"),
    ]
    assert found["same"] == 1
    assert found["rows"][0]["b"]["line"] == 3


def test_every_command_has_every_form(tmp_path: Path) -> None:
    """Table, JSON, CSV and Markdown come from each command that prints a result, on screen and in a file."""
    commands = (
        ["report", "--actuals", SAMPLES], ["validate", str(ROOT / "data/samples/faulty.csv")], ["diff", "2019-05", "2019-06", "--actuals", SAMPLES],
        ["show", "KT-03", "--actuals", SAMPLES], ["show", "AN-01", "--actuals", SAMPLES], ["coverage", "--actuals", SAMPLES], ["plan"], ["rule"], ["rule", "bad-number"],
    )  # fmt: skip
    for command in commands:
        for form in ("table", "json", "csv", "md"):
            screen = kpi(*command, "--format", form)
            assert screen.code in (0, 1), (command, screen.stderr)
            assert screen.stdout, command
    for form, ending in (("table", "txt"), ("json", "json"), ("md", "md")):
        path = tmp_path / f"out.{ending}"
        assert kpi(*commands[0], "--output", str(path)).stdout == ""
        assert path.read_text(encoding="utf-8") == kpi(*commands[0], "--format", form).stdout


def test_output_is_whole_or_not_at_all(tmp_path: Path) -> None:
    """A target that cannot be written is left as it was, and nothing half-written stays behind."""
    path = tmp_path / "bao-cao.json"
    path.write_text("old")
    path.chmod(0o444)
    run = kpi("report", "--actuals", SAMPLES, "--output", str(path), "--lang", "en")
    assert run.code == 2
    assert "read-only" in run.stderr
    assert path.read_text() == "old"
    missing = kpi("report", "--actuals", SAMPLES, "--output", str(tmp_path / "no" / "x.json"), "--lang", "en")
    assert missing.code == 2
    assert "no such folder" in missing.stderr
    folder = kpi("report", "--actuals", SAMPLES, "--output", str(tmp_path), "--format", "json", "--lang", "en")
    assert folder.code == 2
    assert [one.name for one in tmp_path.iterdir()] == ["bao-cao.json"]


def test_an_unknown_ending_is_a_usage_error(tmp_path: Path) -> None:
    """A file name whose ending names no form is refused before anything is read."""
    run = kpi("report", "--actuals", SAMPLES, "-o", str(tmp_path / "x.pdf"), "--lang", "en")
    assert run.code == 2
    assert ".json" in run.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["reprot"], "Unknown command"),
        (["report", "--sektion", "KT"], "no option --sektion"),
        (["report", "--sort", "size"], "percent, gap, code"),
        (["report", "--lang", "fr"], "vi, en"),
        (["report", "2019-13", "--actuals", SAMPLES], "not a period"),
        (["report", "2018", "--actuals", SAMPLES], "not in 2019"),
        (["report", "--section", "ZZ", "--actuals", SAMPLES], "no section"),
        (["report", "--as-of", "hôm qua", "--actuals", SAMPLES], "not a day"),
        (["report", "a", "b"], "Too many words after"),
        (["show", "KT-99", "--actuals", SAMPLES], "no indicator"),
        (["show"], "CODE is missing"),
        (["template", "2019-07", "--agency", "xyz"], "no agency"),
        (["rule", "bad-numbr"], "bad-number"),
        (["report", "--actuals"], "--actuals needs a value"),
    ],
)
def test_wrong_usage_is_explained(arguments: list[str], words: str) -> None:
    """Wrong usage exits 2 with a sentence on standard error, in either language, and nothing on standard output."""
    english = kpi(*arguments, env={"KPI_LANG": "en"})
    assert (english.code, english.stdout) == (2, "")
    assert words in english.stderr
    vietnamese = kpi(*arguments, env={"KPI_LANG": "vi"})
    assert vietnamese.code == 2
    assert vietnamese.stderr != english.stderr


def test_the_language_is_chosen_in_order() -> None:
    """--lang, then KPI_LANG, then the system's locale, then Vietnamese."""
    assert "Gọi" in kpi("plan", "--lang", "en").stdout or "Lead agency" in kpi("plan", "--lang", "en").stdout
    assert "Chỉ tiêu" in kpi("plan").stdout
    assert "Indicator" in kpi("plan", env={"LANG": "en_US.UTF-8"}).stdout
    assert "Chỉ tiêu" in kpi("plan", env={"LANG": "en_US.UTF-8", "KPI_LANG": "vi"}).stdout
    assert "Indicator" in kpi("plan", "--lang=en", env={"KPI_LANG": "vi"}).stdout


def test_help_is_in_the_users_language() -> None:
    """`--help` of every command is Vietnamese by default and English on demand."""
    for command in (
        [],
        ["report"],
        ["validate"],
        ["diff"],
        ["show"],
        ["coverage"],
        ["template"],
        ["plan"],
        ["plan", "check"],
        ["rule"],
    ):
        run = subprocess.run(
            [sys.executable, "-m", "vinhchau_kpi", *command, "--help"],
            env={"KPI_LANG": "vi"}, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=True,
        ).stdout  # fmt: skip
        assert run.startswith("Cách dùng: kpi"), run
        assert "Tùy chọn" in run
        assert "Options" not in run
        assert "Show this message" not in run


def test_completion_knows_codes_sections_and_periods() -> None:
    """The shell completes indicator codes, sections and periods from the plan."""

    def complete(line: str) -> str:
        env = {
            **os.environ,
            "_KPI_COMPLETE": "complete_bash",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(line.split(" ")) - 1),
        }
        return subprocess.run(
            [sys.executable, "-m", "vinhchau_kpi"], env=env, capture_output=True, text=True, cwd=ROOT, check=False
        ).stdout

    assert "KT-02.1" in complete("kpi show KT-02")
    assert complete("kpi report --section G").split() == ["GD"]
    assert {"2019-Q1", "2019-Q4"} <= set(complete("kpi report 2019-Q").split())


def test_a_fault_of_the_program_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error inside the program is said in a sentence, exit 70."""
    monkeypatch.setattr("vinhchau_kpi.desk.check", lambda *_: 1 / 0)
    run = kpi("validate", SAMPLES, "--lang", "en")
    assert run.code == 70
    assert "ZeroDivisionError" in run.stderr
    assert "Traceback" not in run.stderr


def test_numbers_follow_the_language() -> None:
    """The same report has 57,60 in Vietnamese and 57.60 in English."""
    vi, en = (kpi("report", "--actuals", SAMPLES, "--lang", lang).stdout for lang in ("vi", "en"))
    assert "28.500" in vi
    assert "57,60" in vi
    assert "28,500" in en
    assert "57.60" in en
    assert "28,500" not in vi


@pytest.mark.parametrize("width", ["80", "100", "140", "200"])
def test_the_report_fits_its_width(width: str) -> None:
    """No line is wider than the screen, and the columns that decide are always there."""
    run = kpi("report", "--actuals", SAMPLES, "--lang", "vi", width=width)
    assert max(map(len, run.stdout.splitlines())) <= int(width)
    for heading in ("Chỉ tiêu", "Kế hoạch", "Lũy kế", "% kế hoạch", "Đánh giá"):
        assert heading in run.stdout


def test_samples_are_marked_as_illustrative() -> None:
    """Every report that reads the sample figures says that they are made up."""
    assert "MINH HỌA" in kpi("report", "--actuals", SAMPLES, "--lang", "vi").stdout
    assert "ILLUSTRATIVE" in kpi("report", "--actuals", SAMPLES, "--lang", "en", "--format", "md").stdout
    published = str(ROOT / "data" / "samples" / "published-2019.csv")
    assert "ILLUSTRATIVE" not in kpi("report", "2019", "--actuals", published, "--lang", "en").stdout


def test_text_from_files_is_inert(tmp_path: Path) -> None:
    """A note cannot become markup, a terminal escape, HTML or a spreadsheet formula in any form."""
    note = "[red]x[/red] \x1b[31m <script>alert(1)</script> | =1+1"
    row = f'AN-01;2019-06;có;"{note}"\nAN-02;2019-06;có;=HYPERLINK("http://x")\n'
    file = csv(tmp_path, HEADER + row.replace('=HYPERLINK("http://x")', "=1+2"))
    for form in ("table", "json", "csv", "md"):
        out = kpi("report", "2019-06", "--actuals", file, "--format", form, "--section", "AN", width="200").stdout
        assert "\x1b" not in out
        if form == "csv":
            assert ",=1+2" not in out
            assert ",'=1+2" in out
        if form == "md":
            assert "<script>" not in out
            assert "\\<script\\>" in out
        if form == "table":
            assert "[red]x[/red]" in out


def test_template_goes_back_through_validate(tmp_path: Path) -> None:
    """A template, filled in, is taken without a finding; unfilled, it reports nothing."""
    path = tmp_path / "mau.csv"
    assert kpi("template", "2019-06", "--agency", "Phòng Kinh tế", "-o", str(path)).code == 0
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in data
    lines = data.decode("utf-8-sig").splitlines()
    assert json.loads(kpi("validate", str(path), "--format", "json").stdout)[0]["code"] == "nothing-reported"
    values = {
        "KT-02": "3.120",
        "KT-02.1": "2.700",
        "KT-02.2": "420",
        "KT-03": "6.240,5",
        "KT-03.1": "5.600,5",
        "KT-03.2": "640",
    }
    filled = [lines[0]]
    for line in lines[1:]:
        cells = line.split(";")
        if cells[0] in values:
            cells[7] = values[cells[0]]
        filled.append(";".join(cells))
    path.write_text("\n".join(filled), encoding="utf-8")
    run = kpi("validate", str(path), "--format", "json")
    assert json.loads(run.stdout) == []
    assert run.code == 0


class Terminal(io.StringIO):
    """A standard error that a person looks at."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("files", "is_shown"), [(20, True), (19, False)])
def test_many_files_show_how_far_it_is(
    files: int, is_shown: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From twenty files on a person sees a bar on standard error; standard output holds the result alone."""
    for at in range(files):
        (tmp_path / f"{at}.csv").write_text(HEADER + f"KT-03;2019-01;{at};\n", encoding="utf-8")
    monkeypatch.setenv("TERM", "xterm")
    out, err = io.StringIO(), Terminal()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        assert main(["validate", str(tmp_path), "--lang", "en", "--format", "csv"]) == 1
    assert ("Reading" in err.getvalue()) is is_shown
    assert "Reading" not in out.getvalue()
    assert len(out.getvalue().splitlines()) == files


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` is a file like any other, in any encoding; its places say `-`."""
    data = ("\ufeff" + HEADER + "KT-99;2019-01;5;\n").encode("utf-16-le")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    run = kpi("validate", "-", "--format", "json")
    assert run.code == 1
    assert [(f["file"], f["line"], f["column"]) for f in json.loads(run.stdout)] == [("-", 2, 1)]


# Figures that are not all there


@pytest.mark.parametrize(
    "command",
    [
        ["report"],
        ["report", "--by", "area"],
        ["show", "KT-02"],
        ["trend"],
        ["coverage"],
        ["diff", "2019-01", "2019-01"],
    ],
)
def test_rows_left_out_are_said_everywhere(command: list[str], tmp_path: Path) -> None:
    """Whatever is printed of faulty files says how many rows are not in it, on screen and for machines."""
    file = csv(tmp_path, HEADER + ROW + "KT-03;2019-01;năm tấn;\n")
    given = [*command, "--actuals", file, "--skip-invalid", "--lang", "en"]
    assert "1 row with errors was left out" in kpi(*given).stdout
    found = json.loads(kpi(*given, "--format", "json").stdout)
    assert (found.get("summary") or found)["rows_left_out"] == 1


def test_last_year_is_no_obstacle_to_the_strict(tmp_path: Path) -> None:
    """A file of last year is warned of; it stops the check of the strict, and no report."""
    file = csv(tmp_path, HEADER + ROW)
    before = tmp_path / "2018.csv"
    before.write_text(HEADER + "KT-02;2018-01;1000;\n", encoding="utf-8")
    assert kpi("report", "--actuals", file, "--actuals", str(before), "--strict").code == 0
    assert kpi("validate", file, str(before), "--strict").code == 1


def test_two_files_of_last_year(tmp_path: Path) -> None:
    """Files of the year before are compared like any others."""
    paths = []
    for value in ("100", "999"):
        path = tmp_path / f"{value}.csv"
        path.write_text(HEADER + f"KT-02;2018-01;{value};\n", encoding="utf-8")
        paths.append(str(path))
    run = kpi("diff", *paths, "--exit-code", "--format", "json")
    (row,) = json.loads(run.stdout)["rows"]
    assert (run.code, row["period"], row["edit"], row["a"]["value"], row["b"]["value"]) == (
        1,
        "2018-01",
        "changed",
        100,
        999,
    )
    refused = kpi("diff", *paths, "--view", "turned", "--lang", "en")
    assert (refused.code, refused.stdout) == (2, "")


def test_long_files_differ_by_what_differs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two files of thousands of lines are compared by columns, and come out as read row by row."""
    areas = ["phuong-1", "phuong-2", "hoa-dong", "lai-hoa", "vinh-hai"]
    codes = ["KT-02", "KT-03", "KT-04", "KT-11", "KT-13", "LD-01", "LD-02", "LD-03", "KT-14", "KT-10"]
    rows = [
        f"{code};2019-{m:02d};{m * 37};{a};{day}\n"
        for m in range(1, 13)
        for code in codes
        for a in areas
        for day in ("1/1/2020", "2/1/2020", "3/1/2020", "4/1/2020")
    ]
    head = "mã chỉ tiêu;kỳ báo cáo;thực hiện;địa bàn;ngày báo cáo\n"
    changed = [*rows[:7], *rows[8:2000], "kt-03;T5/2019;9999;xã Hòa Đông;5/1/2020\n", *rows[2000:]]
    files = [csv(tmp_path, head + "".join(lines), name) for lines, name in ((rows, "a.csv"), (changed, "b.csv"))]
    quick = kpi("diff", *files, "--format", "json")
    monkeypatch.setattr("vinhchau_kpi.intake.inbox.LEAST_BYTES", 10**9)
    assert kpi("diff", *files, "--format", "json").stdout == quick.stdout
    found = json.loads(quick.stdout)
    assert [(row["code"], row["edit"], row["b"]["value"]) for row in found["rows"]] == [("KT-03", "changed", 9999)]
    assert found["same"] == 12 * len(codes) * len(areas) - 1


@pytest.mark.parametrize("count", [20, 1990, 2010, 4000])
def test_a_fault_that_both_files_have_stops_at_every_size(count: int, tmp_path: Path) -> None:
    """The same negative number in both files is no figure that they agree on: it is refused, however long they are."""
    codes = ["KT-02", "KT-03", "KT-04", "KT-11", "KT-13", "LD-01", "LD-02", "LD-03", "KT-14", "KT-10"]
    areas = ["phuong-1", "phuong-2", "hoa-dong", "lai-hoa", "vinh-hai"]
    rows = [
        f"{codes[n % 10]};2019-{n // 10 % 12 + 1:02d};{n};{areas[n // 120 % 5]};{n // 600 + 1}/1/2020\n"
        for n in range(count)
    ]
    head = "mã chỉ tiêu;kỳ báo cáo;thực hiện;địa bàn;ngày báo cáo\n"
    text = head + "".join(rows) + "KT-02;2019-01;-5;phuong-1;9/1/2020\n"
    run = kpi("diff", csv(tmp_path, text, "a.csv"), csv(tmp_path, text, "b.csv"), "--lang", "en")
    assert (run.code, run.stdout) == (1, "")
    assert "negative-value" in run.stderr or "-5" in run.stderr


def test_a_redirected_console_of_windows_gets_what_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """In an old code page, and with line ends made of two letters, standard output still carries every letter and no end twice."""
    from io import BytesIO, TextIOWrapper

    from vinhchau_kpi.cli import streams

    written = BytesIO()
    monkeypatch.setattr("sys.stdout", TextIOWrapper(written, encoding="cp1252", newline="\r\n"))
    streams.prepare()
    sys.stdout.write("Đạt;vượt\r\n")
    sys.stdout.flush()
    assert written.getvalue() == "Đạt;vượt\r\n".encode()
