"""The proof rule: a list of numbers comes back as the same list, or as a finding, never as other numbers."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from vinhchau_kpi import number
from vinhchau_kpi.intake.open.files import InputFile
from vinhchau_kpi.intake.plan.file import bundled, read_plan
from vinhchau_kpi.intake.read.submission import Options, parse_submission
from vinhchau_kpi.number import Convention

PLAN, _ = read_plan(InputFile(bundled()))
DELIMITERS = {Convention.VI: ";,\t|", Convention.EN: ",\t|"}
"""What a program of each convention puts between cells: `;` only where the comma is the decimal sign."""

decimals = st.decimals(min_value=0, max_value=10**9, places=None, allow_nan=False, allow_infinity=False).filter(
    lambda d: len(d.as_tuple().digits) <= 15 and -6 <= int(d.as_tuple().exponent) <= 0
)
whole_thousands = st.integers(0, 10**6).map(Decimal)
three_places = st.integers(0, 10**8).map(lambda n: Decimal(n).scaleb(-3))
"""The treacherous ones: 28.500 is a whole thousand in one convention and three places in the other."""


def written(value: Decimal, convention: Convention, *, is_grouped: bool) -> str:
    return number.grouped(value, convention) if is_grouped else number.written(value, convention)


@st.composite
def files(draw: st.DrawFn) -> tuple[list[Decimal], str, Convention]:
    """The numbers of a year's months, the file that says them, and how it writes."""
    values = draw(st.lists(st.one_of(decimals, whole_thousands, three_places), min_size=1, max_size=12))
    convention = draw(st.sampled_from(Convention))
    delimiter = draw(st.sampled_from(DELIMITERS[convention]))
    grouping = draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values)))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["indicator", "period", "value"])
    for at, (value, is_grouped) in enumerate(zip(values, grouping, strict=True), 1):
        writer.writerow(["KT-11", f"2019-{at:02}", written(value, convention, is_grouped=is_grouped)])
    return values, out.getvalue(), convention


@settings(max_examples=500)
@given(files())
@example(([Decimal("28.500")], "indicator,period,value\nKT-11,2019-01,28.500\n", Convention.EN))
@example(([Decimal(28500)], "indicator\tperiod\tvalue\nKT-11\t2019-01\t28.500\n", Convention.VI))
def test_the_same_list_or_a_doubt(case: tuple[list[Decimal], str, Convention]) -> None:
    """For any numbers written in either convention, what is read is the same list or an “ambiguous” finding."""
    assert PLAN is not None
    values, text, _ = case
    found = parse_submission(text, "x.csv", PLAN, Options())
    codes = [finding.rule.code for finding in found.findings]
    if "ambiguous-number" in codes:
        assert found.figures == ()
    else:
        assert codes == []
        assert [figure.value for figure in found.figures] == values


@given(files())
def test_what_is_said_is_read(case: tuple[list[Decimal], str, Convention]) -> None:
    """With --numbers there is no doubt: the list is read as it was written."""
    assert PLAN is not None
    values, text, convention = case
    found = parse_submission(text, "x.csv", PLAN, Options(numbers=convention))
    assert [figure.value for figure in found.figures] == values


@given(st.lists(st.one_of(decimals, three_places), min_size=1, max_size=8))
def test_the_number_of_a_workbook_is_what_was_typed(values: list[Decimal]) -> None:
    """The binary number that a workbook keeps gives back the decimal that was typed, to its last digit."""
    assert [number.stated(float(value)) for value in values] == [number.canonical(value) for value in values]
