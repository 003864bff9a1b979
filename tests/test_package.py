"""The house itself: imports run one way, the catalogue is whole, the pages are fresh, the wheel works alone."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tarfile
import venv
from pathlib import Path

import jsonschema
import pytest
import yaml
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from transcript import ROOT, kpi

from vinhchau_kpi.messages import LOCALE

PACKAGE = ROOT / "vinhchau_kpi"
FLOW = [
    ("text", "period", "number", "units", "encoding", "places"),
    ("messages",),
    ("refusal", "finding", "status", "settings", "excel", "targetwords"),
    ("rules",),
    ("planvalue",),
    ("target", "area", "planyear"),
    ("plan", "scale"),
    ("consistency",),
    ("figure",),
    ("doubt",),
    ("figures", "ledger"),
    ("by_columns", "pieces", "promise"),
    ("intake.open",),
    ("intake.cut",),
    ("intake.read",),
    ("intake.columns",),
    ("intake.inbox", "intake.plan", "intake.office", "actual"),
    ("achievement", "checks"),
    ("report", "scale_consistency"),
    ("areas", "diff", "filediff", "coverage", "answers", "detail", "trend", "output"),
    ("template", "dossier", "measured"),
    ("scoring_rules",),
    ("score", "scorediff"),
    ("views",),
    ("forms",),
    ("asked",),
    ("desk",),
    ("cli",),
    ("__main__",),
]
"""The rooms of the house in the order of the flow: each may import from the rooms before it, and its own."""


def room_of(module: str) -> int:
    """Where a module's room stands in the flow; a folder may be one room, or have several."""
    _, *path = module.split(".")
    return next(at for at, names in enumerate(FLOW) if {path[0], ".".join(path[:2])}.intersection(names))


def test_imports_run_one_way() -> None:
    """No module imports one that stands later in the flow; types may be named without importing."""
    for path in PACKAGE.rglob("*.py"):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if path.name == "__init__.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        tree.body = [node for node in tree.body if ast.unparse(node).splitlines()[0] != "if TYPE_CHECKING:"]
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("vinhchau_kpi."):
                assert room_of(node.module or "") <= room_of(module), f"{module} imports {node.module}"


def test_nobody_sees_how_figures_are_kept() -> None:
    """Checks, reports and views ask figures in the words of `figures`: only who reads files and fills a ledger knows of one."""
    holders = {"ledger", "by_columns"}
    for path in PACKAGE.rglob("*.py"):
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if room in {"intake", "figures", *holders}:
            continue
        inner = {"ledger", "by_key", "latest"} | ({"columns"} if room not in ("views", "forms") else set())
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert not {*(node.module or "").split("."), *(one.name for one in node.names)} & holders, path
            assert not (isinstance(node, ast.Attribute) and node.attr in inner), path


def test_only_the_edge_touches_files() -> None:
    """Only intake opens input, only output writes; the core has no `open`, `read_bytes` or `print`. A packed file in memory is none."""
    edge = {"intake/open/files.py", "output.py"}
    for path in PACKAGE.rglob("*.py"):
        name = path.relative_to(PACKAGE).as_posix()
        if name not in edge:
            found = re.findall(
                r"(?<!archive\.)\bopen\(|\.read_text\(|\.read_bytes\(|\.write_text\(|(?<!\.)\bprint\(",
                path.read_text(encoding="utf-8"),
            )
            assert not found, name


def test_one_door_to_the_terminal() -> None:
    """Only `forms.console` writes on standard output and standard error, but for screens, which `forms.terminal` draws,
    and files of bytes, which `cli.deliver` passes on."""
    for path in PACKAGE.rglob("*.py"):
        if path != PACKAGE / "forms" / "console.py":
            assert not re.search(r"std(out|err)\.write|\becho\(", path.read_text(encoding="utf-8")), path
            is_let = path in (PACKAGE / "cli" / "deliver.py", PACKAGE / "desk.py", PACKAGE / "cli" / "streams.py")
            assert is_let or not re.search(r"\bsys\.std(out|err)\b", path.read_text(encoding="utf-8")), path


def test_rooms_are_named_and_small() -> None:
    """`docs/architecture.md` has a line for every module and for none that is gone; a module has at most 500 lines.

    The catalogue of rules may be longer, and the models of the plan file, which are read beside each other.
    """
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    modules = {
        path.relative_to(PACKAGE).as_posix(): path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py"
    }
    assert set(re.findall(r"^- `([\w/]+\.py)` \S", page, re.MULTILINE)) == set(modules)
    for name, path in modules.items():
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= 500 or name == "rules.py", f"{name} has {lines} lines"


def test_no_process_is_started() -> None:
    """Nothing in the package starts a process or opens a connection: many cores are the work of an engine."""
    for path in PACKAGE.rglob("*.py"):
        assert not re.search(
            r"^\s*(?:from|import) (?:multiprocessing|concurrent|subprocess|socket|urllib|http|ftplib|smtplib)\b",
            path.read_text(encoding="utf-8"),
            re.MULTILINE,
        ), path


def test_no_binary_float_is_made() -> None:
    """Nothing in the package makes a float: numbers are exact from text to screen."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.Name) and node.id == "float"), path
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), path


def sentences() -> set[str]:
    """Every sentence of the code that users may read, wherever it is marked."""
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
            if name in ("N_", "plural") and isinstance(node, ast.Call) and isinstance(node.args[0], ast.Constant):
                found.add(node.args[0].value)
    return found


def catalogue() -> dict[str, str]:
    with (LOCALE / "vi" / "LC_MESSAGES" / "kpi.po").open("rb") as stream:
        messages = read_po(stream, locale="vi")
    texts = {}
    for message in messages:
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            texts[key] = message.string if isinstance(message.string, str) else message.string[0]
    return texts


def test_every_sentence_is_in_vietnamese() -> None:
    """No sentence of the code lacks its Vietnamese, and the catalogue has none that the code has not."""
    written = catalogue()
    assert sentences() == written.keys()
    assert [key for key, text in written.items() if not text] == []


def test_translations_keep_the_places() -> None:
    """A Vietnamese sentence has the same {places} as the English one, so nothing said is lost."""
    for english, vietnamese in catalogue().items():
        assert set(re.findall(r"{\w+}", english)) == set(re.findall(r"{\w+}", vietnamese)), english


def test_the_compiled_catalogue_is_that_of_the_text() -> None:
    """The .mo that gettext reads says what the .po that people edit says."""
    with (LOCALE / "vi" / "LC_MESSAGES" / "kpi.mo").open("rb") as stream:
        compiled = read_mo(stream)
    for english, vietnamese in catalogue().items():
        string = compiled[english].string
        assert (string if isinstance(string, str) else string[0]) == vietnamese


def test_made_pages_are_fresh() -> None:
    """`make docs` would change nothing."""
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        from generate import pages
    finally:
        sys.path.pop(0)
    for path, text in pages().items():
        assert path.read_text(encoding="utf-8") == text, path.name


class PlainLoader(yaml.SafeLoader):
    """YAML as editors read it: dates stay text."""


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def test_the_bundled_plan_is_valid_for_editors() -> None:
    """The plan names its schema on the first line, and is valid by it."""
    text = (ROOT / "data" / "plan2019.yaml").read_text(encoding="utf-8")
    match = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert match
    schema = json.loads((ROOT / "data" / match[1]).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(yaml.load(text, PlainLoader), schema)


@pytest.mark.parametrize("arguments", [[], ["2019-03"], ["R1"], ["2019"], ["2019-06", "--as-of", "2019-05-31"]])
def test_the_json_report_is_the_contract(arguments: list[str]) -> None:
    """`report --format json` has exactly the keys and types of the published schema."""
    schema = json.loads((ROOT / "docs" / "report.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    run = kpi("report", *arguments, "--actuals", str(ROOT / "data/samples/2019-*.csv"), "--format", "json")
    report = json.loads(run.stdout)
    jsonschema.validate(report, schema)
    statuses = {key: n for key, n in report["summary"].items() if key not in ("indicators", "doubted", "rows_left_out")}
    assert sum(statuses.values()) == report["summary"]["indicators"] == len(report["rows"]) == 59


def test_the_source_archive_can_run_its_own_tests(tmp_path: Path) -> None:
    """What is handed on as source has every file that the tests read: the fuzzing and the measurements too."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", tmp_path]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        inside = {name.partition("/")[2] for name in packed.getnames()}
    folders = ("benchmarks", "data", "docs", "fuzz", "tests", "vinhchau_kpi")
    files = [path.relative_to(ROOT) for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    made = {"__pycache__", "crashes", "kpi.mo"}
    assert [str(path) for path in files if path.as_posix() not in inside and not made & set(path.parts)] == []


def test_the_wheel_works_far_from_the_checkout(tmp_path: Path) -> None:
    """A wheel carries the plan and the messages: installed in an empty environment, it prints a Vietnamese report."""
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", tmp_path, ROOT],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    home = tmp_path / "venv"
    venv.create(home, with_pip=False)
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])"],
        check=True, capture_output=True, text=True,
    ).stdout.strip()  # fmt: skip
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", site, wheel], check=True)
    # The dependencies come from this environment; the checkout's own package does not: .pth files are not followed.
    dependencies = [p for p in sys.path if p.endswith("site-packages")]
    (Path(site) / "dependencies.pth").write_text("\n".join(dependencies), encoding="utf-8")
    figures = ROOT / "data" / "samples" / "published-2019.csv"
    run = subprocess.run(
        [python, "-m", "vinhchau_kpi", "report", "2019", "--actuals", figures, "--lang", "vi"],
        cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=True, env={"PATH": "", "HOME": str(tmp_path)},
    )  # fmt: skip
    assert "104,36" in run.stdout
    assert "Giá trị sản phẩm thu hoạch" in run.stdout
    where = subprocess.run(
        [python, "-c", "import vinhchau_kpi; print(vinhchau_kpi.__file__)"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert str(home) in where
