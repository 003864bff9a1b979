"""What one value of a plan file may be: text of the file → number, day, month, name. Each failure is a sentence of the
catalogue, carried as the error's message.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema
from pydantic_core import PydanticCustomError

from vinhchau_kpi import number
from vinhchau_kpi import period as periods
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.period import Period
from vinhchau_kpi.text import nfc

TAG = "="
"""Begins the tag of a choice between models, which pydantic puts into the place of an error; no key of a plan begins so."""
TWO_READINGS = "plan_two_readings"
"""The kind of error at a number such as 28.500."""


def refuse(sentence: str) -> PydanticCustomError:
    return PydanticCustomError("plan_value", "{sentence}", {"sentence": sentence})


def _number(value: Any) -> Any:
    if isinstance(value, str):
        if number.two_readings(value):
            raise PydanticCustomError(TWO_READINGS, "28.500")
        exact = number.plain(value)
        if exact is not None:
            return exact
        if number.plain(value.replace(",", ".", 1)) is not None:
            raise refuse(N_("the decimals of a number stand behind a point here, such as 9.08"))
    elif isinstance(value, Decimal):
        return value
    raise refuse(N_("a plain number is expected, such as 28500 or 9.08, of at most 18 digits"))


def _year(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"(?:19|20)[0-9]{2}", value):
        return int(value)
    raise refuse(N_("a year of four digits is expected, such as 2019"))


def _yes(value: Any) -> Any:
    if value in ("true", "false"):
        return value == "true"
    raise refuse(N_("true or false is expected"))


def _day(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise refuse(N_("a date is expected, such as 2019-04-19"))


def _month(value: Any) -> Any:
    found = periods.parse(value) if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}", value) else None
    if found is None:
        raise refuse(N_("a month is expected, such as 2019-06"))
    return found


def _whole_between(low: int, high: int, sentence: str) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if isinstance(value, str) and re.fullmatch(r"[0-9]{1,3}", value) and low <= int(value) <= high:
            return int(value)
        raise refuse(sentence)

    return read


def _words(value: Any) -> Any:
    if isinstance(value, str):
        if not value.strip():
            raise refuse(N_("some text is expected"))
        return nfc(value)
    raise refuse(N_("some text is expected"))


def some_sections(value: tuple[Any, ...]) -> tuple[Any, ...]:
    if not value:
        raise refuse(N_("at least one section is expected"))
    return value


def shares_alone(value: Any) -> Any:
    return {"shares": value} if isinstance(value, list | tuple) else value


def _both_languages(value: Any) -> Any:
    """One text for both languages, where no more is given: plain, or under one of the two."""
    if isinstance(value, dict) and len(value) == 1:
        value = next((value[language] for language in ("vi", "en") if language in value), value)
    return {"vi": value, "en": value} if isinstance(value, str) else value


Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
Year = Annotated[int, BeforeValidator(_year), WithJsonSchema({"type": "integer", "minimum": 1900, "maximum": 2099})]
Yes = Annotated[bool, BeforeValidator(_yes), WithJsonSchema({"type": "boolean"})]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Month = Annotated[
    Period, BeforeValidator(_month), WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"})
]
DayOfMonth = Annotated[
    int,
    BeforeValidator(_whole_between(1, 31, N_("a day of the month is expected, 1 to 31"))),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 31}),
]
WorkingDays = Annotated[
    int,
    BeforeValidator(_whole_between(0, 60, N_("a number of working days is expected, 0 to 60"))),
    WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 60}),
]
Words = Annotated[str, BeforeValidator(_words), WithJsonSchema({"type": "string", "minLength": 1})]


class Model(BaseModel):
    """What all parts of a plan share: nothing unknown is accepted, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)


class Text(Model):
    """A name in both languages. Plain text in the file stands for both."""

    vi: Words
    en: Words

    def in_(self, language: Language) -> str:
        return self.vi if language.code == "vi" else self.en


_SHARES_SCHEMA = {"type": "array", "items": {"type": "number"}, "minItems": 1, "maxItems": 12}
PROFILE_SCHEMA: dict[str, Any] = {
    "anyOf": [
        _SHARES_SCHEMA,
        {
            "type": "object",
            "properties": {"shares": _SHARES_SCHEMA, "note": {"type": "string", "minLength": 1}},
            "required": ["shares"],
            "additionalProperties": False,
        },
    ]
}

Name = Annotated[
    Text,
    BeforeValidator(_both_languages),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "minLength": 1},
                {
                    "type": "object",
                    "properties": {"vi": {"type": "string", "minLength": 1}, "en": {"type": "string", "minLength": 1}},
                    "minProperties": 1,
                    "additionalProperties": False,
                },
            ]
        }
    ),
]
