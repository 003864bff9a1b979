"""What is written to a file is laid out as rich lays it out."""

from __future__ import annotations

import os
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from vinhchau_kpi.views.paper import PIPED_WIDTH, plain
from vinhchau_kpi.views.screen import Column, Line, Part, Sheet, Title, Words
from vinhchau_kpi.views.terminal import drawn

WORDS = st.lists(st.text("aáề1,.–-()中 ", min_size=1, max_size=14), max_size=14).map(" ".join)
COLUMNS = st.builds(
    Column, WORDS.map(str.strip), numeric=st.booleans(), gives_way=st.integers(0, 2), folds=st.booleans()
)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """A table that may need more room than there is; columns of words may grow."""
    columns = draw(st.lists(COLUMNS, min_size=1, max_size=6))
    columns = [
        Column(c.heading, c.numeric, c.gives_way, not c.numeric and draw(st.booleans()), c.folds) for c in columns
    ]
    lines = draw(st.lists(st.tuples(*[WORDS] * len(columns)).map(Line), max_size=5))
    return Sheet(tuple(columns), tuple(lines))


@settings(derandomize=True, deadline=None)
@given(st.lists(st.one_of(sheets(), WORDS.map(Words), WORDS.map(Title)), max_size=3))
def test_layout_is_that_of_rich(screen: list[Part]) -> None:
    """A screen without colour reads the same whether rich lays it out or not."""
    by_rich = "".join(line.rstrip() + "\n" for line in drawn(screen, PIPED_WIDTH).splitlines())
    with mock.patch.dict(os.environ, COLUMNS=str(PIPED_WIDTH)):
        assert plain(screen) == by_rich
