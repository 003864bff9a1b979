"""The text of a plan file: written anew from values, or changed at single places with all the rest kept as it is. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import yaml

from vinhchau_kpi import number
from vinhchau_kpi.target import Target
from vinhchau_kpi.text import nfc

WIDTH = 110
"""Characters of a line that is written `{key: value}`."""
_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?")
_WORDS = {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}
_BLOCKS = {"sections", "indicators", "commitments", "children", "revisions", "units", "agencies", "areas"}


def text_of(values: Mapping[str, Any], comments: Iterable[str] = ()) -> str:
    """A plan file that reads back as these values: text, whole numbers, `Decimal`s, days, `True`, lists and mappings."""
    lines = [*(f"# {_printable(line)}" for line in comments), *_block(values, "")]
    return "\n".join(lines) + "\n"


def _block(values: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in values.items():
        yield from _entry(key, value, indent)


def _entry(key: str, value: Any, indent: str) -> Iterator[str]:
    flow = _flow(value)
    name = f"{indent}{_key(key)}:"
    if not value or (key not in _BLOCKS and (not isinstance(value, list | dict) or len(name) + len(flow) < WIDTH)):
        yield f"{name} {flow}"
    elif isinstance(value, Mapping):
        yield name
        yield from _block(value, indent + "  ")
    else:
        yield name
        for item in value:
            if isinstance(item, Mapping) and (_BLOCKS & item.keys() or "code" in item or len(_flow(item)) > WIDTH):
                first, *rest = _block(item, indent + "    ")
                yield f"{indent}  - {first.strip()}"
                yield from rest
            else:
                yield f"{indent}  - {_flow(item)}"


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return scalar(value)


def scalar(value: str | int | Decimal | date) -> str:
    """One value as a plan takes it. Text stands in quotation marks, and nothing in it is seen by YAML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = f"{value:f}"
        bare = text.rstrip("0").rstrip(".") if "." in text else text
        return f"{bare}0" if number.two_readings(bare) else bare
    if isinstance(value, str):
        return _key(value) if _is_plain(value) else '"' + _printable(value, quoted=True) + '"'
    return str(value)


def _key(text: str) -> str:
    return text if _is_plain(text) else '"' + _printable(text, quoted=True) + '"'


def _is_plain(text: str) -> bool:
    """Whether a text is one word of letters, digits, dots and hyphens that YAML takes for nothing but text."""
    return _PLAIN.fullmatch(text) is not None and text.lower() not in _WORDS


def _printable(text: str, *, quoted: bool = False) -> str:
    return "".join(_escaped(c) if not c.isprintable() or (quoted and c in '"\\') else c for c in text)


def _escaped(character: str) -> str:
    point = ord(character)
    if character in '"\\':
        return f"\\{character}"
    return f"\\x{point:02x}" if point < 0x100 else f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"


class Change(NamedTuple):
    """What becomes of an indicator or commitment: its targets by the day from which they hold (None: the one as issued), its
    measure, and whether its `review` goes."""

    targets: Mapping[date | None, Target]
    measure: str | None = None
    is_closed: bool = True


def changed(text: str, changes: Mapping[str, Change]) -> str:
    """A plan's text with these changes by code, all else kept as it stands, comments too."""
    edits: list[tuple[int, int, str]] = []
    for fields, in_flow in _with_codes(yaml.compose(text, Loader=yaml.SafeLoader)):
        change = changes.get(nfc(fields["code"][1].value)) if "code" in fields else None
        if change is not None:
            edits += _edits(text, fields, change, in_flow=in_flow)
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


_Fields = dict[str, tuple[Any, Any]]
"""The nodes of a mapping's keys and values, by the key."""


def _with_codes(node: Any) -> Iterator[tuple[_Fields, bool]]:
    """Every mapping in a plan's tree, and whether it is written {in braces}."""
    if isinstance(node, yaml.MappingNode):
        yield _fields(node), bool(node.flow_style)
        for _, value in node.value:
            yield from _with_codes(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _with_codes(value)


def _fields(node: Any) -> _Fields:
    return {nfc(key.value): (key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)}


def _edits(text: str, fields: _Fields, change: Change, *, in_flow: bool) -> Iterator[tuple[int, int, str]]:
    targets: dict[date | None, tuple[Any, Any] | None] = {None: fields.get("target")}
    for revision in fields["revisions"][1].value if "revisions" in fields else ():
        own = _fields(revision)
        targets[date.fromisoformat((own.get("effective") or own["on"])[1].value)] = own.get("target")
    for day, target in change.targets.items():
        found = targets.get(day)
        if found is not None:
            yield found[1].start_mark.index, _end(text, found[1]), _flow(target.facts())
    if change.measure is not None and "measure" in fields:
        value = fields["measure"][1]
        yield value.start_mark.index, _end(text, value), change.measure
    elif change.measure is not None and "unit" in fields:
        key, value = fields["unit"]
        apart = ", " if in_flow else "\n" + " " * key.start_mark.column
        yield _end(text, value), _end(text, value), f"{apart}measure: {change.measure}"
    if change.is_closed and "review" in fields:
        key, value = fields["review"]
        start, end = key.start_mark.index, _end(text, value)
        before, behind = text[:start].rstrip(), text[end:].lstrip()
        if in_flow:
            # With the comma before it, or, where it is the first, with the one behind it.
            is_last = before.endswith(",")
            yield (
                (len(before) - 1, end, "") if is_last else (start, len(text) - len(behind) + behind.startswith(","), "")
            )
        else:
            line = text.rfind("\n", 0, start) + 1
            following = text.find("\n", end) + 1 or len(text)
            is_alone = not text[line:start].strip()
            yield (line, following, "") if is_alone else (start, len(text) - len(behind), "")


def _end(text: str, node: Any) -> int:
    """Where a node ends: one that is indented ends with its last value, not where the next key begins."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    start: int = node.start_mark.index
    return start + len(text[start : node.end_mark.index].rstrip())
