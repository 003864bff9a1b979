"""Which files are meant, and their bytes. The only place that touches the disk for input."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from vinhchau_kpi import rules
from vinhchau_kpi.finding import Finding, Place
from vinhchau_kpi.messages import N_, Message
from vinhchau_kpi.refusal import Refusal

READ = {".csv", ".tsv", ".txt", ".xlsx", ".ods"}
REFUSED = {".xls", ".xltx", ".xlt", ".ots", ".xlsm", ".xlsb", ".et", ".numbers", ".fods"}
"""Workbooks of other kinds: taken from a folder all the same, so that they are refused by name and not passed over."""
CONFIRMED = "confirmed.csv"
"""Beside figures, the list of those that a person has found right; it is no submission."""
DOCUMENTATION = {".md"}
"""Files that may lie beside figures without a word about them."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """One input file, named as the user would find it again."""

    path: Path
    is_standard_input: bool = False

    @property
    def name(self) -> str:
        return str(self.path)

    def read(self, limit: int) -> tuple[bytes | None, list[Finding]]:
        """Its bytes, or None and the finding that says why not. Never reads more than `limit` bytes."""
        if self.is_standard_input:
            data = sys.stdin.buffer.read(limit + 1)
            size = len(data)
            return self._measured(data, size, limit)
        try:
            with self.path.open("rb") as stream:
                data = stream.read(limit + 1)
                size = len(data) if len(data) <= limit else os.fstat(stream.fileno()).st_size
        except OSError as error:
            return None, [Finding(rules.UNREADABLE_FILE, Place(self.name), {"reason": _reason(error)})]
        return self._measured(data, size, limit)

    @property
    def size(self) -> int | None:
        """How many bytes it has, where it can be read more than once; else None."""
        try:
            return self.path.stat().st_size if not self.is_standard_input and self.path.is_file() else None
        except OSError:
            return None

    def blocks(self, size: int) -> Iterator[bytes]:
        """Its bytes, `size` at a time. Raises `OSError`."""
        with self.path.open("rb") as stream:
            while block := stream.read(size):
                yield block

    def _measured(self, data: bytes, size: int, limit: int) -> tuple[bytes | None, list[Finding]]:
        if len(data) > limit:
            args = {"size": max(size, limit + 1), "limit": limit}
            return None, [Finding(rules.TOO_LARGE, Place(self.name), args)]
        return data, []


def collect(paths: Iterable[str]) -> tuple[list[InputFile], list[Finding]]:
    """The files meant by `paths` (files, folders, patterns such as `2019-*.csv`, `-`), each once, in order.

    A folder is searched to its depths; what lies in it and is not read is a finding. `-` is standard input. Raises
    `Refusal` for a path that leads to nothing, and for a folder without a single file of figures.
    """
    sources: dict[Path, InputFile] = {}
    findings: list[Finding] = []
    for given in paths:
        if given == "-":
            sources.setdefault(Path(given), InputFile(Path(given), is_standard_input=True))
            continue
        for path in _expanded(given):
            if not path.is_dir():
                found = [path]
            else:
                found = []
                for inside in _files_below(path):
                    if inside.suffix.lower() in READ | REFUSED:
                        found.append(inside)
                    elif inside.suffix.lower() not in DOCUMENTATION:
                        findings.append(Finding(rules.FILE_NOT_READ, Place(str(inside))))
                if not found:
                    raise Refusal(
                        N_("The folder {folder} has no file of figures (.csv, .xlsx, .ods)."), folder=str(path)
                    )
            for one in found:
                sources.setdefault(one.resolve(), InputFile(one))
    return [source for source in sources.values() if source.path.name.lower() != CONFIRMED], findings


def confirmed_beside(paths: Iterable[str]) -> list[tuple[InputFile, bool]]:
    """The lists of confirmed figures in the folders meant by `paths`, and beside the files; of each, whether it is meant
    itself: then all figures of which it speaks should be there."""
    sources: dict[Path, tuple[InputFile, bool]] = {}
    for given in paths:
        for path in _expanded(given) if given != "-" else ():
            near = _files_below(path) if path.is_dir() else path.parent.glob("*")
            for one in (one for one in near if one.name.lower() == CONFIRMED):
                source, is_meant = sources.get(one.resolve(), (InputFile(one), False))
                sources[one.resolve()] = source, is_meant or path.is_dir() or one == path
    return list(sources.values())


def _expanded(given: str) -> list[Path]:
    path = Path(given)
    if os.path.lexists(path):
        return [path]
    matches = sorted(glob.glob(given, recursive=True)) if glob.has_magic(given) else []  # noqa: PTH207 - a pattern, not a folder
    # What Office leaves beside a file that is open is nobody's figures.
    matches = [match for match in matches if not Path(match).name.startswith("~$")]
    if not matches:
        raise Refusal(N_("There is no file or folder {path}."), path=given)
    return [Path(match) for match in matches]


def _files_below(folder: Path) -> list[Path]:
    """Every file below `folder` but hidden ones and the `~$` marks of an open Office file; a folder named like a CSV file counts as one, so that it is reported."""
    found: list[Path] = []
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        odd = [name for name in folders if Path(name).suffix.lower() in READ]
        names = [name for name in files if not name.startswith((".", "~$"))] + odd
        found += [Path(root, name) for name in names]
    return sorted(found)


def _reason(error: OSError) -> Message | str:
    if isinstance(error, FileNotFoundError):
        return Message(N_("it does not exist"))
    if isinstance(error, IsADirectoryError):
        return Message(N_("it is a folder"))
    if isinstance(error, PermissionError):
        return Message(N_("you may not open it, or another program has it open"))
    return error.strerror or type(error).__name__
