"""Which files are meant, and their bytes. The only place that touches the disk for input."""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from vinhchau_kpi import rules
from vinhchau_kpi.finding import Finding, Place
from vinhchau_kpi.intake.open.signature import foreign
from vinhchau_kpi.messages import N_, Message
from vinhchau_kpi.refusal import Refusal

READ = {".csv", ".tsv", ".txt", ".xlsx", ".xls", ".xlsb", ".ods", ".docx"}
REFUSED = {
    *(".xltx", ".xlt", ".ots", ".xlsm", ".et", ".numbers", ".fods"),
    *(".doc", ".docm", ".rtf", ".odt", ".zip", ".rar", ".7z", ".gz", ".msg", ".eml"),
}
"""What figures are sent in and not read: taken from a folder all the same, so that it stops the report and is not passed over.
Pictures and PDF are not: scans of signed papers lie beside the figures."""
CONFIRMED = "confirmed.csv"
"""Beside figures, the list of those that a person has found right; it is no submission."""
PLAN_FILE, SETTINGS_FILE = "plan.yaml", "kpi.toml"
DOCUMENTATION = {".md"}
"""Files that may lie beside figures without a word about them; so may a plan and the settings."""
DROPPINGS = {"desktop.ini", "thumbs.db", "ehthumbs.db", "__macosx", "$recycle.bin", "system volume information"}
"""What systems leave in folders, in small letters: nobody's figures."""
HEAD = 4096
"""Bytes by which a file is known that is not read."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """One input file, named as the user would find it again."""

    path: Path
    is_standard_input: bool = False
    in_folder: bool = False
    """Whether it was found in a folder, and not named itself."""

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
            if not _is_readable(self.path):
                reason = Message(N_("it is a pipe, a socket or a device, not a file"))
                return None, [Finding(rules.UNREADABLE_FILE, Place(self.name), {"reason": reason})]
            with self.path.open("rb") as stream:
                data = stream.read(limit + 1)
                size = len(data) if len(data) <= limit else os.fstat(stream.fileno()).st_size
        except OSError as error:
            return None, [unreadable(self.path, error)]
        return self._measured(data, size, limit)

    def read_head(self) -> tuple[bytes, list[Finding]]:
        """Its first bytes, or none and the finding that says why."""
        try:
            return next(self.blocks(HEAD), b"") if self.size is not None else b"", []
        except OSError as error:
            return b"", [unreadable(self.path, error)]

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


class NoFiles(Refusal):
    """A folder has no file of figures."""


def collect(paths: Iterable[str]) -> tuple[list[InputFile], list[Finding]]:
    """The files meant by `paths` (files, folders, patterns such as `2019-*.csv`, `-`), each once, in order.

    A folder is searched to its depths; what lies in it and is not read is a finding. `-` is standard input. Raises
    `Refusal` for a path that leads to nothing, and `NoFiles` for a folder without a single file of figures.
    """
    sources: dict[str, InputFile] = {}
    findings: list[Finding] = []
    for given in paths:
        if given == "-":
            sources.setdefault(given, InputFile(Path(given), is_standard_input=True))
            continue
        for path in _expanded(given):
            in_folder = path.is_dir()
            found, passed_over = _in_folder(path) if in_folder else ([path], [])
            findings += passed_over
            for one in found:
                sources.setdefault(os.path.realpath(one), InputFile(one, in_folder=in_folder))
    return [source for source in sources.values() if source.path.name.lower() != CONFIRMED], findings


def _in_folder(folder: Path) -> tuple[list[Path], list[Finding]]:
    """The files of figures below a folder, and a finding for each other one. Raises `NoFiles`."""
    files, findings = _files_below(folder)
    found = [path for path in files if path.suffix.lower() in READ | REFUSED]
    is_known = READ | REFUSED | DOCUMENTATION
    others = [one for one in files if one.suffix.lower() not in is_known and one.name not in (PLAN_FILE, SETTINGS_FILE)]
    if not found and not findings:
        if others:
            sentence = N_("The folder {folder} has no file of figures (Excel, Word or CSV), only {names}.")
            raise NoFiles(sentence, folder=folder, names=tuple(path.name for path in others))
        raise NoFiles(N_("The folder {folder} has no file of figures (.csv, .xlsx, .xls, .ods, .docx)."), folder=folder)
    return found, findings + [_not_read(path) for path in others]


def _not_read(path: Path) -> Finding:
    """What a file is that is not read."""
    head, faults = InputFile(path).read_head()
    if faults:
        return faults[0]
    known = foreign(head)
    kind = (
        known.kind
        if known is not None
        else N_("of another kind than .csv, .tsv, .txt, .xlsx, .xls, .xlsb, .ods, .docx")
    )
    return Finding(rules.FILE_NOT_READ, Place(str(path)), {"kind": Message(kind)})


def confirmed_beside(paths: Iterable[str]) -> list[tuple[InputFile, bool]]:
    """The lists of confirmed figures in the folders meant by `paths`, and beside the files; of each, whether it is meant
    itself: then all figures of which it speaks should be there."""
    sources: dict[str, tuple[InputFile, bool]] = {}
    for given in paths:
        for path in _expanded(given) if given != "-" else ():
            near = _files_below(path)[0] if path.is_dir() else path.parent.glob("*")
            for one in (one for one in near if one.name.lower() == CONFIRMED):
                real = os.path.realpath(one)
                source, is_meant = sources.get(real, (InputFile(one), False))
                sources[real] = source, is_meant or path.is_dir() or one == path
    return list(sources.values())


def _expanded(given: str) -> list[Path]:
    path = Path(given)
    if os.path.lexists(path):
        return [path]
    matches = sorted(glob.glob(given, recursive=True)) if glob.has_magic(given) else []  # noqa: PTH207 - a pattern, not a folder
    matches = [match for match in matches if not _is_dropping(Path(match).name)]
    if not matches:
        raise Refusal(N_("There is no file or folder {path}."), path=given)
    return [Path(match) for match in matches]


def _files_below(folder: Path) -> tuple[list[Path], list[Finding]]:
    """Every file below `folder` but what systems left there, and a finding for each folder that cannot be looked into or is a
    link, which is not followed. A folder named like a CSV file counts as a file, so that it is reported."""
    found: list[Path] = []
    faults: dict[Path, Finding] = {}

    def note(error: OSError) -> None:
        path = Path(error.filename)
        faults[path] = unreadable(path, error)

    for root, folders, files in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not _is_dropping(name))
        links = [Path(root, name) for name in folders if Path(root, name).is_symlink()]
        for link in links:
            reason = Message(N_("it is a link to another folder, and links to folders are not followed"))
            faults[link] = Finding(rules.UNREADABLE_FILE, Place(str(link)), {"reason": reason})
        odd = [name for name in folders if Path(name).suffix.lower() in READ and Path(root, name) not in links]
        found += [Path(root, name) for name in [*files, *odd] if not _is_dropping(name)]
    return sorted(found), [faults[path] for path in sorted(faults)]


def _is_dropping(name: str) -> bool:
    """Hidden files, what Office leaves beside a file that is open, and what systems keep in folders."""
    return name.startswith((".", "~$")) or name.lower() in DROPPINGS


def _is_readable(path: Path) -> bool:
    """Whether reading it comes to an end: a file, or a pipe that the shell has opened for us (`<(…)`)."""
    mode = path.stat().st_mode
    is_of_shell = stat.S_ISFIFO(mode) and path.parts[:2] in (("/", "dev"), ("/", "proc"))
    return is_of_shell or not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or stat.S_ISCHR(mode) or stat.S_ISBLK(mode))


def unreadable(path: Path, error: OSError) -> Finding:
    return Finding(rules.UNREADABLE_FILE, Place(str(path)), {"reason": _reason(path, error)})


def _reason(path: Path, error: OSError) -> Message | str:
    if path.is_symlink() and (isinstance(error, FileNotFoundError) or error.errno == errno.ELOOP):
        return Message(N_("it is a link that leads nowhere"))
    if isinstance(error, FileNotFoundError):
        return Message(N_("it does not exist"))
    if isinstance(error, IsADirectoryError):
        return Message(N_("it is a folder"))
    if isinstance(error, PermissionError):
        return Message(N_("you may not open it, or another program has it open"))
    return error.strerror or type(error).__name__


@contextlib.contextmanager
def silent() -> Iterator[None]:
    """What Rust writes of a panic on standard error, past Python, is for nobody."""
    try:
        kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    except OSError:  # closed, or too many files are open
        yield
        return
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
