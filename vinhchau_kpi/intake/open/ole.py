"""The compound files of Office before 2007: which streams one has, and their bytes.

Layout: [MS-CFB]. Every chain of sectors is followed as far as the file is long, never further.
"""

from __future__ import annotations

import struct
from functools import cached_property
from typing import NamedTuple

from vinhchau_kpi.intake.open.signature import OLE
from vinhchau_kpi.intake.open.walk import Broken
from vinhchau_kpi.messages import N_

_LAST = 0xFFFFFFFA
"""Numbers from here on are no sectors."""
_ENTRY = 128


class _Entry(NamedTuple):
    name: str
    left: int
    right: int
    child: int
    start: int
    size: int


class Compound:
    """One compound file. Every question raises `Broken` where the file is cut off or damaged."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        if len(data) < 512:
            raise _damaged()
        shift, self.mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or self.mini_shift != 6:
            raise _damaged()
        self.sector = 1 << shift
        self.directory, _, self.cutoff, self.mini_start, _, self.further, _ = struct.unpack_from("<7I", data, 48)

    @property
    def names(self) -> frozenset[str]:
        """Of the streams and storages at the top."""
        return frozenset(self._top)

    def stream(self, name: str) -> bytes:
        """The bytes of one at the top, which must be there."""
        entry = self._top[name]
        if entry.size > len(self.data):
            raise _damaged()
        if entry.size >= self.cutoff:
            return self._chained(entry.start)[: entry.size]
        small = self._chained(self._root.start)
        at, size = self._chain(entry.start, self._mini_table), 1 << self.mini_shift
        return b"".join(small[one * size : (one + 1) * size] for one in at)[: entry.size]

    @cached_property
    def _table(self) -> tuple[int, ...]:
        """The sector that follows each sector."""
        sectors = [one for one in struct.unpack_from("<109I", self.data, 76) if one < _LAST]
        at, per, room = self.further, self.sector // 4, len(self.data) // self.sector + 1
        while at < _LAST and room:
            *some, at = _numbers(self._sector(at))
            sectors += [one for one in some[: per - 1] if one < _LAST]
            room -= 1
        if len(sectors) > len(self.data) // self.sector:
            raise _damaged()
        return _numbers(b"".join(map(self._sector, sectors)))

    @cached_property
    def _mini_table(self) -> tuple[int, ...]:
        return _numbers(self._chained(self.mini_start)) if self.mini_start < _LAST else ()

    @cached_property
    def _entries(self) -> list[_Entry]:
        packed = self._chained(self.directory)
        found = []
        for at in range(0, len(packed) - _ENTRY + 1, _ENTRY):
            length = min(struct.unpack_from("<H", packed, at + 64)[0], 64)
            name = packed[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
            found.append(_Entry(name, *struct.unpack_from("<3I36x2I", packed, at + 68)))
        if not found:
            raise _damaged()
        return found

    @property
    def _root(self) -> _Entry:
        return self._entries[0]

    @cached_property
    def _top(self) -> dict[str, _Entry]:
        found: dict[str, _Entry] = {}
        seen: set[int] = set()
        ahead = [self._root.child]
        while ahead:
            at = ahead.pop()
            if at < len(self._entries) and at not in seen:
                seen.add(at)
                entry = self._entries[at]
                found[entry.name] = entry
                ahead += [entry.left, entry.right]
        return found

    def _chained(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._chain(start, self._table)))

    @staticmethod
    def _chain(start: int, table: tuple[int, ...]) -> list[int]:
        found: list[int] = []
        at = start
        while at < _LAST:
            if at >= len(table) or len(found) > len(table):
                raise _damaged()
            found.append(at)
            at = table[at]
        return found

    def _sector(self, at: int) -> bytes:
        begin = (at + 1) * self.sector
        if begin >= len(self.data):
            raise _damaged()
        return self.data[begin : begin + self.sector]


def compound(name: str, stream: bytes) -> bytes:
    """A file with one stream, padded with zeros to whole sectors. It has no room for more than four hundred megabytes."""
    size = 4096
    own = max(1, -(-len(stream) // size))
    tables = -(-(own + 2) // (size // 4 - 1))
    directory, small = own, own + 1
    first = own + 2
    follows = [*range(1, own), _END, _END, _END, *[_TABLE] * tables]
    follows += [_FREE] * (tables * size // 4 - len(follows))
    places = [*range(first, first + tables), *[_FREE] * 109][:109]
    head = struct.pack("<8s16x5H6x", OLE, 0x3E, 4, 0xFFFE, 12, 6)
    head += struct.pack("<9I109I", 1, tables, directory, 0, size, _END, 0, _END, 0, *places)
    entries = _packed_entry("Root Entry", 5, 1, small, 0) + _packed_entry(name, 2, _FREE, 0, own * size)
    parts = head, stream.ljust(own * size, b"\0"), entries, b"", struct.pack(f"<{len(follows)}I", *follows)
    return b"".join(part.ljust(-(-max(len(part), 1) // size) * size, b"\0") for part in parts)


_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
"""No sector, the last of a chain, a sector of the table itself."""


def _packed_entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    spelled = name.encode("utf-16-le")
    return struct.pack("<64sHBB3I36xIQ", spelled, len(spelled) + 2, kind, 1, _FREE, _FREE, child, start, size)


def _numbers(packed: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(packed) // 4}I", packed[: len(packed) // 4 * 4])


def _damaged() -> Broken:
    return Broken(N_("it is cut off or damaged"))
