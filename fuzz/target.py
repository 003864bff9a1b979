"""What is checked of one input: any bytes become figures and findings that can be said, and nothing is raised.

`intake.py` puts tens of thousands of inputs through it, `tests/test_fuzz.py` a few hundred. It needs nothing but the
package itself.
"""

from __future__ import annotations

import random
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial
from pathlib import Path

import commands as whole
import mutation

from vinhchau_kpi.by_columns import LedgerFigures
from vinhchau_kpi.checks import check
from vinhchau_kpi.encoding import Encoding
from vinhchau_kpi.figures import PlainFigures
from vinhchau_kpi.finding import Finding, Findings, Place
from vinhchau_kpi.forms import annotation
from vinhchau_kpi.forms.github import commands
from vinhchau_kpi.intake.columns.reader import read_by_columns
from vinhchau_kpi.intake.cut.grid import Cell, Grid, NumberCell, Record
from vinhchau_kpi.intake.inbox import Inbox
from vinhchau_kpi.intake.open.choice import Choice
from vinhchau_kpi.intake.open.files import InputFile
from vinhchau_kpi.intake.open.signature import is_workbook
from vinhchau_kpi.intake.plan.file import bundled, read_plan
from vinhchau_kpi.intake.read.submission import Options, Submission, read_submission
from vinhchau_kpi.ledger import Ledger
from vinhchau_kpi.messages import EN, VI
from vinhchau_kpi.number import Convention
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.refusal import Refusal
from vinhchau_kpi.views import validation

HERE = Path(__file__).parent
TESTS = HERE.parent / "tests"
LARGEST = 65_536
"""Bytes of an input; a larger one costs time and shows nothing that a smaller one would not."""
SECONDS = 2.0
"""Longest that an input may take."""
LANGUAGES = (VI, EN)
READ_AGAIN = 4
"""One input in so many is read twice, to see that it comes out the same."""
ANNOTATED = 12
"""One input in so many is annotated as well: to write a workbook takes longer than all the rest."""
COMMANDED = 25
"""One input in so many goes through the whole program as well."""
THOROUGH = 2
"""Commands that an input goes through which is checked thoroughly."""
BLOCK = 1800
"""Bytes of a file that are looked at together where it is read by columns."""
SAID = 300
"""Findings of an input that are all said; of more, the last of each rule."""
ANNOTATED_CELLS = 5_000
"""Grids of more cells are not annotated."""


@dataclass(frozen=True, slots=True)
class Bytes(InputFile):
    """A file that is only in memory."""

    data: bytes = b""

    def read(self, limit: int) -> tuple[bytes | None, list[Finding]]:
        return self._measured(self.data, len(self.data), limit)

    @property
    def size(self) -> int:
        return len(self.data)

    def blocks(self, size: int) -> Iterator[bytes]:
        """Little at a time, so that a short file has many ends of blocks within rows."""
        size = min(size, BLOCK)
        yield from (self.data[at : at + size] for at in range(0, len(self.data), size))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one input gave: how many figures, and how many findings of each rule."""

    figures: int
    findings: Counter[str]


@cache
def _mutator() -> mutation.Mutator:
    return mutation.Mutator(mutation.vocabulary(the_plan()), mutation.flipped(random.Random()), LARGEST)


def the_plan() -> Plan:
    """The plan that comes with the program."""
    plan, findings = read_plan(InputFile(bundled()))
    if plan is None:
        raise ValueError(findings)
    return plan


def seeds() -> dict[str, bytes]:
    """The inputs to begin with, by a name of their own: those of this folder, and the faulty files of the tests."""
    found = [
        *(HERE / "seeds").iterdir(),
        *(TESTS / "intake" / "cut" / "seeds").glob("*"),
        *(TESTS / "errors").rglob("*"),
        *(TESTS / "dirty" / "files").glob("*"),
        *(TESTS / "scales").glob("*"),
    ]
    files = sorted(path for path in found if path.is_file() and path.name != "screen.txt")
    named = {"-".join(path.relative_to(HERE.parent).parts): path for path in files}
    return {name: path.read_bytes() for name, path in named.items() if path.stat().st_size <= LARGEST}


def options_for(data: bytes) -> Options:
    """What the command line might have said: of most files nothing, of some each thing that it can say.

    It follows from the bytes, so that an input is its own reproduction.
    """
    dice, rest = divmod(zlib.crc32(data), 4)
    if rest:
        return Options()
    encodings = (None, *Encoding)
    return Options(
        numbers=(None, *Convention)[dice % 3],
        encoding=encodings[dice // 3 % len(encodings)],
        sheet=(None, None, "Sheet1", "no such sheet")[dice // 100 % 4],
    )


def check_one(data: bytes, plan: Plan, *, thorough: bool = False) -> Outcome:
    """Read one file as the commands would, say all there is to say of it, and hold the result against the file.

    Raises whatever goes wrong: an exception of the package, or `AssertionError` where a promise is broken. A share of
    the inputs, chosen by their bytes, is read again and annotated; all are that are checked `thorough`.
    """
    options = options_for(data)
    source = Bytes(Path("fuzz.bin"), data=data)
    if _OF_PLAN in data:
        _hold_plan(source)
    dice = zlib.crc32(data, 1)
    submission = read_submission(source, plan, options)
    if thorough or dice % READ_AGAIN == 0:
        assert read_submission(source, plan, options) == submission, "the same bytes were read in two ways"
    figures = PlainFigures(submission.figures, submission.blanks)
    findings = list(Findings([*submission.findings, *check(plan, figures)]).in_order())
    assert figures.rows or findings, "neither figures nor a word about why"
    _hold_places(data, options, submission, findings)
    _hold_figures(submission)
    _hold_columns(source, submission, options, findings, plan)
    _say(submission, findings, plan)
    if thorough or dice // READ_AGAIN % ANNOTATED == 0:
        _annotate(data, submission, findings)
    if thorough or dice % COMMANDED == 0:
        for seed in range(dice, dice + (THOROUGH if thorough else 1)):
            whole.run(data, random.Random(seed), partial(_mutator().__call__, seed=seed))
    return Outcome(len(figures.rows), Counter(finding.rule.code for finding in findings))


_OF_PLAN = b"indicators:"
"""Stands in a plan file: such an input is read as one too."""


def _hold_plan(source: Bytes) -> None:
    """A plan file becomes a plan, or findings that can be said, each at a line that it has."""
    plan, findings = read_plan(source)
    assert plan is not None or findings, "neither a plan nor a word about why"
    # Where something is missing at the end, that is the line behind the last; YAML has line ends of its own too.
    lines = len(source.data.decode("utf-8", errors="replace").splitlines()) + source.data.count(b"\r") + 1
    for finding in findings:
        assert finding.place.line is None or 1 <= finding.place.line <= lines, finding.place
        for language in LANGUAGES:
            assert finding.message(language).isprintable(), finding


# What is said


def _say(submission: Submission, findings: Sequence[Finding], plan: Plan) -> None:
    """Every view of the file, and what it says in both languages. No sentence acts on a terminal or is gettext's own."""
    said = Findings([*findings[:SAID], *{finding.rule.code: finding for finding in findings[SAID:]}.values()])
    inbox = Inbox((submission,), said, PlainFigures(submission.figures), PlainFigures())
    for language in LANGUAGES:
        explained = validation.explained_facts(inbox, said, language)
        for fact in explained["findings"]:
            for sentence in (fact["message"], fact["fix"]):
                assert sentence.isprintable(), sentence
        assert _CATALOGUE not in repr(explained), explained
    assert all(commands(said, EN))
    assert list(validation.screen(inbox, said, plan, VI, explain=True))


_CATALOGUE = "Content-Type: text/plain"
"""Begins what gettext answers to a sentence without words."""


def _annotate(data: bytes, submission: Submission, findings: Sequence[Finding]) -> None:
    """The marked copies, as CSV and as workbook."""
    grids = _grids(submission)
    if (
        not grids
        or sum(len(grid.records) * max(map(_width, grid.records), default=0) for grid in grids) > ANNOTATED_CELLS
    ):
        return
    for language in LANGUAGES:
        try:
            annotation.csv_bytes(submission, findings, language)
        except Refusal as refusal:
            language.tell(refusal.message)
    annotation.workbook_bytes(submission, findings, VI, data if submission.how_read.is_xlsx else None)


# What must be true


def _grids(submission: Submission) -> list[Grid]:
    """What it was cut into: a grid for each sheet that was read."""
    return [part.grid for part in submission.parts if part.grid is not None]


def _hold_places(data: bytes, options: Options, submission: Submission, findings: Sequence[Finding]) -> None:
    """Every place is one that the file has."""
    lines, longest = (1, 1) if is_workbook(data) else _extent(data, options)
    lines_read = {1}
    if grids := _grids(submission):
        records = [record for grid in grids for record in grid.records]
        lines_read.update(record.line for record in records)
        widest = max(map(_width, records), default=0) or 1
        lines, longest = max(lines, len(records)), max(longest, widest)
        for place in _cells(submission, findings):
            assert place.line is None or place.line in lines_read, (place, len(lines_read))
            assert place.column is None or 1 <= place.column <= widest, (place, widest)
    for place in _places(submission, findings):
        assert place.file == submission.file, place
        assert place.line is None or 1 <= place.line <= lines, (place, lines)
        assert place.column is None or 1 <= place.column <= longest, (place, longest)


def _cells(submission: Submission, findings: Sequence[Finding]) -> Iterator[Place]:
    """The places of a file that was cut into cells, but those that say in which encoding it is."""
    how_read = submission.how_read
    yield from (finding.place for finding in findings)
    yield from (value for finding in findings for value in finding.args.values() if isinstance(value, Place))
    yield from (place for figure in submission.figures for place in (figure.place, figure.cumulative_place))
    yield from (place for _, _, place in how_read.columns)
    yield from (place for _, place in how_read.periods)
    yield from _reasons(how_read.numbers)
    if how_read.header is not None:
        yield how_read.header


def _places(submission: Submission, findings: Sequence[Finding]) -> Iterator[Place]:
    yield from _cells(submission, findings)
    yield from _reasons(submission.how_read.encoding)


def _reasons(taken: Choice | None) -> tuple[Place, ...]:
    return taken.places if taken is not None else ()


def _width(record: Record) -> int:
    return len(record.cells)


def _extent(data: bytes, options: Options) -> tuple[int, int]:
    """How many lines a text has, and how many bytes the longest of them."""
    marks = {b"\xff\xfe": ["utf-16-le"], b"\xfe\xff": ["utf-16-be"]}
    # Said to be UTF-16 without a mark that says so too, it may be anything.
    unmarked = ["latin-1", "utf-16-le"] if options.encoding is Encoding.UTF_16 else ["latin-1"]
    texts = [_LINE_END.split(data.decode(codec, errors="replace")) for codec in marks.get(data[:2], unmarked)]
    return max(map(len, texts)), max(2 * len(line) for lines in texts for line in lines) + 2


_LINE_END = re.compile("\r\n|\n|\r")


def _hold_figures(submission: Submission) -> None:
    """The numbers of a figure are those that stand at its place, digit by digit."""
    sheets = {grid.sheet: {record.line: record.cells for record in grid.records} for grid in _grids(submission)}
    for figure in submission.figures:
        line, column = figure.place.line, figure.place.column
        assert line is not None and column is not None
        lines = sheets[figure.place.sheet]
        first = next((number for number in figure.numbers if number is not None), None)
        assert first is not None or figure.withdrawn
        if first is not None:
            _hold_number(first, lines[line][column - 1])
        if figure.cumulative is not None:
            assert figure.cumulative_column is not None
            _hold_number(figure.cumulative, lines[line][figure.cumulative_column - 1])


def _hold_columns(
    source: Bytes, submission: Submission, options: Options, findings: Sequence[Finding], plan: Plan
) -> None:
    """Read by columns, as long files are, it has the same figures and findings, or is given back to be read by rows."""
    ledger = Ledger(plan.areas)
    read = read_by_columns(source, plan, options, ledger)
    if read is None:
        assert not ledger.count, "a file that was given back left figures in the ledger"
        return
    ledger.files = {read.file: 0}
    single = PlainFigures(read.figures, read.blanks)
    figures = LedgerFigures(single, ledger) if ledger.columns else single
    assert figures.rows == PlainFigures(submission.figures).rows, "other figures by columns than by rows"
    if not submission.is_of_last_year:
        found = list(Findings([*read.findings, *check(plan, figures)]).in_order())
        assert found == list(findings), "other findings by columns than by rows"
    for name in ("rows", "rows_left_out", "count", "how_read", "title", "is_read", "is_of_last_year"):
        assert getattr(read, name) == getattr(submission, name), f"another {name} by columns than by rows"


def _hold_number(number: Decimal, cell: Cell) -> None:
    if isinstance(cell, NumberCell):
        assert isinstance(cell.value, Decimal)
        assert number == (cell.value.scaleb(2) if cell.is_percent else cell.value), (number, cell)
        return
    stands = _digits(cell)
    if stands:
        assert stands == _digits(f"{number:f}"), (number, cell)
        assert number == 0 or (number < 0) == any(sign in cell for sign in "-\u2212"), (number, cell)
    else:  # a yes, a no, a dash
        assert number in (0, 1), (number, cell)


def _digits(text: str) -> str:
    """The digits of a number as it is written, without the zeros before it; of nothing but zeros, one."""
    digits = "".join(c for c in text if c in "0123456789")
    return digits.lstrip("0") or digits[:1]
