"""The only place that writes: a whole file or none."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import heapq
import io
import itertools
import json
import os
import pickle
import shutil
import tempfile
import time
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from vinhchau_kpi.finding import Finding, Rule, by_place
from vinhchau_kpi.intake.open.files import DROPPINGS
from vinhchau_kpi.messages import N_, Message
from vinhchau_kpi.refusal import Refusal
from vinhchau_kpi.text import nfc


def write_new(path: Path, data: bytes) -> None:
    """One file where nothing stands yet. Raises `Refusal` where something does, or it cannot be written."""
    write_all_new({path: data})


def refuse_existing(path: Path) -> None:
    if os.path.lexists(path):
        raise _cannot_write(path, Message(N_("it exists already, and an existing file is never overwritten")))


def write(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Put `data`, whole or in pieces, at `path` in one step: a full disk or a killed process leaves the old file whole.

    Raises `Refusal`, with whatever was there as it was, where the file cannot be written: a link too, behind which another
    file than the one that is named would be lost.
    """
    if path.is_symlink():
        raise _cannot_write(path, Message(N_("it is a link to another file; name that file itself")))
    if path.exists():
        if not path.is_file():
            raise _cannot_write(path, Message(N_("it is not a file")))
        if not path.stat().st_mode & 0o222:
            raise _cannot_write(path, Message(N_("it is marked read-only")))
    try:
        temporary = _beside(path, [data] if isinstance(data, bytes) else data)
        try:
            temporary.replace(path)
        except OSError:
            _remove(temporary)
            raise
    except OSError as error:
        raise _cannot_write(path, _reason(error)) from error


def write_all_new(files: Mapping[Path, bytes]) -> None:
    """Every file where nothing stands yet, or none of them: all are written before the first gets its name.

    Raises `Refusal`, with nothing left behind, where one exists or cannot be written.
    """
    written: dict[Path, Path] = {}
    named: list[Path] = []
    try:
        for path, data in files.items():
            refuse_existing(path)
            try:
                written[path] = _beside(path, [data])
            except OSError as error:
                raise _cannot_write(path, _reason(error)) from error
        for path, temporary in written.items():
            try:
                temporary.replace(path)
            except OSError as error:
                raise _cannot_write(path, _reason(error)) from error
            named.append(path)
    except BaseException:  # Ctrl+C too: what is half done would refuse the next run.
        _remove(*written.values(), *named)
        raise


MANIFEST = ".kpi-manifest.json"
"""In a folder that was written whole: the digest of every file in it."""
LOCKS = ("~$", ".~lock.")
"""What the names of files begin with that Office and LibreOffice leave beside one that is open."""


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """A folder with exactly these files, by their names in it with `/`, in place of an earlier one of `write_folder`.

    All is written beside it and gets its name at the end. Raises `Refusal`, with what was there as it was, where it cannot
    be written, or where the earlier one has a file that a person has changed or added.
    """
    named, folder = folder, Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow a link
    if os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir() or not folder.name):
        raise _cannot_write(named, Message(N_("it is not a folder that can be replaced")))
    new, old = (folder.with_name(f".{folder.name}.kpi-{state}") for state in ("new", "old"))
    manifest = {nfc(name): hashlib.sha256(data).hexdigest() for name, data in files.items()}
    try:
        _put_back(old, folder)
        for left_over in (new, old):
            if os.path.lexists(left_over):
                shutil.rmtree(left_over)
        changed = tuple(itertools.islice(_changed_by_hand(folder), 3)) if folder.exists() else ()
        if changed:
            sentence = N_(
                "{path} was not written: it has files that were changed or added by hand, such as {names}. Rename that folder, or name another with -o."
            )
            raise Refusal(sentence, path=named, names=changed)
        try:
            _fill(new, {**files, MANIFEST: json.dumps(manifest, indent=1).encode()})
            if folder.exists():
                folder.rename(old)
            new.rename(folder)
        except BaseException:  # Ctrl+C too.
            _put_back(old, folder)
            shutil.rmtree(new, ignore_errors=True)
            raise
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise _cannot_write(named, _reason(error)) from error


def _put_back(old: Path, folder: Path) -> None:
    """Undo the first of the two steps at the end of `write_folder`, where it was stopped before the second."""
    if os.path.lexists(old) and not os.path.lexists(folder):
        old.rename(folder)


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    """A new folder with these files, on the disk."""
    folder.mkdir()
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        with path.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())


def _changed_by_hand(folder: Path) -> Iterator[str]:
    """The files in a folder that are not as `write_folder` left them. Raises `OSError`."""
    written: Any = {}
    with contextlib.suppress(OSError, ValueError, RecursionError):
        written = json.loads((folder / MANIFEST).read_bytes())
    for root, _, names in os.walk(folder, onerror=_raise):
        for one in sorted(names):
            if one.lower() in (MANIFEST, ".ds_store", *DROPPINGS) or one.startswith(LOCKS):
                continue
            path = Path(root, one)
            name = nfc(path.relative_to(folder).as_posix())  # Some systems take names apart.
            is_ours = isinstance(written, dict) and name in written and path.is_file() and not path.is_symlink()
            if not is_ours or hashlib.sha256(path.read_bytes()).hexdigest() != written[name]:
                yield name


def _raise(error: OSError) -> None:
    raise error


def make_folder(path: Path) -> None:
    """A folder, with those that it lies in, where none is yet. Raises `Refusal`."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_write(path, _reason(error)) from error


def _beside(path: Path, data: Iterable[bytes]) -> Path:
    """A file beside `path` that holds `data`, on the disk and with the rights that `path` has or would have. Raises
    `OSError`, with nothing left behind."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
    except BaseException:
        _remove(temporary)
        raise
    return temporary


def _remove(*paths: Path) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink()


def packed(made: Any) -> bytes:
    """What a document or workbook is saved as. Raises `Refusal` where the clock is wrong: its package has no room for the year;
    and `OSError` where there is no room for its temporary files, as openpyxl's writer of XML says in words of its own."""
    year = time.localtime().tm_year
    if not 1980 <= year <= 2107:
        sentence = N_(
            "The clock of this computer says {year}; no Word or Excel file can be written until it is set right."
        )
        raise Refusal(sentence, year=str(year))
    out = io.BytesIO()
    try:
        made.save(out)
    except Exception as error:
        number = getattr(errno, str(error).removeprefix("IO_"), None)
        if number is None:
            raise
        raise OSError(number, os.strerror(number)) from error
    return out.getvalue()


def discard(*streams: TextIO) -> None:
    """Send what a standard stream still holds, and cannot write, to nowhere: Python would try again when it ends."""
    for stream in streams:
        try:
            stream.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


LONG = 20
"""Members of a list that is put aside once."""


class Shelf:
    """Findings beyond those that are kept, each rule's in a temporary file that is gone when the program ends."""

    def __init__(self) -> None:
        self._files: dict[str, BinaryIO] = {}
        self._runs: dict[str, list[int]] = {}
        """Where the findings that were put at one time begin: they are in order among themselves."""
        self._lists: dict[tuple[Any, ...], int] = {}
        """Long lists, such as the codes that a misspelt one may mean: many findings have the same."""
        weakref.finalize(self, _close, self._files)

    def put(self, findings: Sequence[Finding]) -> None:
        code = findings[0].rule.code
        if code not in self._files:
            self._files[code] = tempfile.TemporaryFile(prefix="kpi-")  # noqa: SIM115 - closed with the shelf
        file = self._files[code]
        self._runs.setdefault(code, []).append(file.seek(0, os.SEEK_END))
        for finding in findings:
            pickler = pickle.Pickler(file)
            pickler.persistent_id = self._list_at  # type: ignore[method-assign]
            pickler.dump((finding.place, finding.args, finding.about))

    def mark(self) -> Mapping[str, int]:
        return {code: file.seek(0, os.SEEK_END) for code, file in self._files.items()}

    def go_back(self, mark: Mapping[str, int]) -> None:
        for code, file in self._files.items():
            end = mark.get(code, 0)
            self._runs[code] = [begin for begin in self._runs[code] if begin < end]
            file.truncate(end)

    def of(self, rule: Rule) -> Iterator[Finding]:
        if rule.code not in self._files:
            return iter(())
        begins = self._runs[rule.code]
        ends = [*begins[1:], self._files[rule.code].seek(0, os.SEEK_END)]
        runs = (self._run(rule, begin, end) for begin, end in zip(begins, ends, strict=False))
        return heapq.merge(*runs, key=by_place)

    def _run(self, rule: Rule, at: int, end: int) -> Iterator[Finding]:
        file, lists = self._files[rule.code], list(self._lists)
        while at < end:
            file.seek(at)
            unpickler = pickle.Unpickler(file)  # noqa: S301 - what this program put there itself
            unpickler.persistent_load = lists.__getitem__  # type: ignore[method-assign]
            place, args, about = unpickler.load()
            at = file.tell()
            yield Finding(rule, place, args, about)

    def _list_at(self, value: object) -> int | None:
        if not isinstance(value, tuple) or len(value) < LONG:
            return None
        return self._lists.setdefault(value, len(self._lists))


def _close(files: dict[str, BinaryIO]) -> None:
    for file in files.values():
        # A full disk has been said where something was put there; nobody reads it any more.
        with contextlib.suppress(OSError):
            file.close()


def _cannot_write(path: Path, reason: Message | str) -> Refusal:
    sentence = N_("{path} was not written: {reason}. What was there before is unchanged.")
    return Refusal(sentence, path=path, reason=reason)


def _reason(error: OSError) -> Message | str:
    if isinstance(error, FileNotFoundError):
        return Message(N_("there is no such folder"))
    if isinstance(error, PermissionError):
        return Message(N_("you may not write there, or another program has the file open"))
    return error.strerror or type(error).__name__


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
