"""Values of a plan that YAML takes for something else because they stand without quotation marks: found at their place. Pure."""

from __future__ import annotations

import re
from typing import NamedTuple

STAND_IN = "·"
"""What a value that cannot be read is replaced by, letter for letter, so that the rest of the file can be."""
LONGEST_LINE = 2000
"""Characters of a line that is looked into."""
_KEY = re.compile(r"(?:^ {0,200}(?:- {1,20})?|[{,] {0,20})([a-z_]{1,30}): {1,20}(?=\S)")
_SPECIAL = re.compile(r"[%@`*&!|>?{}\[\],#'\"-]")


class Unquoted(NamedTuple):
    """A value that needs quotation marks, and where it stands in the line (from 0)."""

    value: str
    start: int

    @property
    def quoted(self) -> str:
        """As it has to be written."""
        return (
            "'" + self.value.replace("'", "''") + "'" if '"' in self.value or "\\" in self.value else f'"{self.value}"'
        )


def unquoted(line: str, column: int) -> Unquoted | None:
    """The value in a line at which YAML stops in `column`, if quotation marks are what it lacks."""
    if len(line) > LONGEST_LINE:
        return None
    keys = list(_KEY.finditer(line))
    for at in reversed(range(len(keys))):
        if keys[at].end() > column + 1 and at:
            continue
        start = keys[at].end()
        end = keys[at + 1].start() if at + 1 < len(keys) else len(line)
        value = line[start:end].rstrip(" ,")
        is_in_braces = "{" in line[: keys[at].start(1)]
        while is_in_braces and value.endswith("}") and value.count("}") > value.count("{"):
            value = value[:-1].rstrip()
        return Unquoted(value, start) if _needs_quotes(value) else None
    return None


def _needs_quotes(value: str) -> bool:
    if value[:1] in ("'", '"'):
        closed = value.find(value[0], 1)
        return 0 < closed < len(value) - 1
    if value[:1] in ("{", "["):
        closed = value.rfind("}" if value[0] == "{" else "]")
        return 0 < closed < len(value) - 1
    return ": " in value or _SPECIAL.match(value) is not None
