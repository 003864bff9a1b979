"""`kpi.toml` → `Office`: what holds in a folder and the folders in it, unless an option or a variable says otherwise."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Optional

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from vinhchau_kpi.intake.open.files import PLAN_FILE, SETTINGS_FILE, InputFile
from vinhchau_kpi.messages import N_, Message, did_you_mean
from vinhchau_kpi.number import Convention
from vinhchau_kpi.refusal import Refusal
from vinhchau_kpi.text import nfc

SIZE_LIMIT = 100_000
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(nfc)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Office(_Table):
    """The keys of `kpi.toml`, all optional. Paths are relative to the `folder` that it lies in: that of the command where
    there is no such file."""

    plan: Optional[Text] = None
    actuals: Text = "actuals"
    numbers: Optional[Literal["vi", "en"]] = None
    papers: Literal["vi", "en"] = "vi"
    name: Annotated[Optional[Text], Field(alias="office")] = None
    """The office that issues the papers; the plan's issuer where it is not named."""
    parent: Optional[Text] = None
    """The body above it, whose name stands over its own."""
    place: Optional[Text] = None
    """Where its papers are dated; the plan's place where none is named."""
    signer: Optional[Text] = None
    """The title of who signs."""
    report_number: Optional[Text] = None
    """What follows the number of a report, such as /BC-UBND."""
    address: Optional[Text] = None
    """Where senders are to send what is corrected."""
    working_days: Annotated[int, Field(ge=0, le=60)] = 2
    """How many working days senders have for that."""
    folder: Annotated[Path, Field(init=False)] = Path()

    @property
    def plan_path(self) -> Path | None:
        return self.folder / self.plan if self.plan else None

    @property
    def actuals_path(self) -> str:
        return str(self.folder / self.actuals)

    @property
    def convention(self) -> Convention | None:
        return Convention(self.numbers) if self.numbers else None


def folders() -> Iterator[Path]:
    """Where `kpi.toml` is looked for: the working folder, then those that it lies in."""
    yield Path()
    yield from Path.cwd().parents


def office() -> Office:
    """What `kpi.toml` says; all defaults where there is none. Raises `Refusal` for one that cannot be used."""
    for folder in folders():
        if (folder / SETTINGS_FILE).is_file():
            return _read(InputFile(folder / SETTINGS_FILE)).model_copy(update={"folder": folder})
    return Office()


def plan_beside(figures: Iterable[str], office: Office) -> Path | None:
    """The `plan.yaml` beside these files, in these folders or beside them, else in the office's own folder. Raises `Refusal`
    where they have several."""
    found: dict[Path, Path] = {}
    for path in map(Path, figures):
        near = (path, path.parent) if path.is_dir() else (path.parent,)
        one = next((folder / PLAN_FILE for folder in near if (folder / PLAN_FILE).is_file()), None)
        if one is not None:
            found.setdefault(one.resolve(), one)
    if len(found) > 1:
        sentence = N_("There are several plans beside the figures: {paths}. Say which one is meant: --plan FILE.")
        raise Refusal(sentence, paths=tuple(found.values()))
    own = office.folder / PLAN_FILE
    return next(iter(found.values()), own if own.is_file() else None)


def _read(source: InputFile) -> Office:
    data, findings = source.read(SIZE_LIMIT)
    if data is None:
        raise _cannot_use(source, None, findings[0].args.get("reason", Message(N_("it is too large"))))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _cannot_use(
            source, line, Message(N_("it is not saved as UTF-8; save it so, in Notepad for example"))
        ) from error
    try:
        return Office.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:  # brackets inside each other without end
        at = re.search(r"at line (\d+)", str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        sentence = N_(
            'this is not written as TOML has it. Write key = "value", as the file of kpi init does; \\ in a path is written /'
        )
        raise _cannot_use(source, line, Message(sentence)) from error
    except ValidationError as error:
        raise _cannot_use(source, *_fault(error.errors()[0], text)) from error


def _fault(error: Any, text: str) -> tuple[int | None, Message]:
    """The line that a key stands on, and what is wrong with it."""
    *tables, key = map(str, error["loc"])
    begin = re.search(rf"^\s*\[\s*{re.escape(tables[-1])}\s*\]", text, re.MULTILINE) if tables else None
    at = re.compile(rf"^\s*\[?\s*\"?{re.escape(key)}\b", re.MULTILINE).search(text, begin.end() if begin else 0)
    line = text.count("\n", 0, at.end()) + 1 if at else None
    name = ".".join((*tables, key))
    match error["type"]:
        case "extra_forbidden":
            known = tuple(_known(tables))
            suggestion = did_you_mean(key, known)
            sentence = N_("there is no key {key}.{suggestion} The keys are {keys}")
            return line, Message(sentence, {"key": name, "suggestion": suggestion, "keys": known})
        case "literal_error":
            return line, Message(N_("{key} is one of {choices}"), {"key": name, "choices": ("vi", "en")})
        case "int_type" | "greater_than_equal" | "less_than_equal":
            return line, Message(N_("{key} is a whole number from 0 to 60, without quotation marks"), {"key": name})
        case "string_type" | "string_too_short":
            return line, Message(N_("{key} is a text between quotation marks, and not a blank one"), {"key": name})
    return line, Message(N_("{key} does not stand in the place where the file of kpi init has it"), {"key": name})


def _known(tables: list[str]) -> Iterator[str]:
    model: Any = Office
    for table in tables:
        model = model.model_fields[table].annotation
    return (field.alias or name for name, field in model.model_fields.items() if name != "folder")


def _cannot_use(source: InputFile, line: int | None, reason: Message | str) -> Refusal:
    if line is None:
        return Refusal(N_("{path} cannot be used: {reason}."), path=source.path, reason=reason)
    return Refusal(N_("{path} cannot be used, line {line}: {reason}."), path=source.path, line=str(line), reason=reason)
