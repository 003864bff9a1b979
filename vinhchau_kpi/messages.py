"""One catalogue of sentences, in Vietnamese and English.

The English sentence is the key (a gettext msgid); `locale/vi/LC_MESSAGES/kpi.po` holds the Vietnamese. What is
said is decided where it happens (a `Message`: sentence and values); in which language, only where it is shown
(a `Language`).
"""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from vinhchau_kpi import number
from vinhchau_kpi.number import Convention
from vinhchau_kpi.period import Period
from vinhchau_kpi.text import clipped, nearest, visible

DOMAIN = "kpi"
LOCALE = Path(__file__).with_name("locale")
LANGUAGES = ("vi", "en")
DEFAULT = "vi"


def N_(sentence: str) -> str:  # noqa: N802 - gettext's customary name
    """Mark `sentence` for the catalogue without translating it yet."""
    return sentence


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence of the catalogue and what stands in its `{places}`."""

    sentence: str
    args: Mapping[str, Any] = field(default_factory=dict)


class Whole(str):
    """A text that a sentence repeats whole, however long it is, as papers do."""

    __slots__ = ()


class DidYouMean(NamedTuple):
    """The tail of a sentence about an unknown `word`: the nearest of the `known` ones, or nothing.

    They are looked for when the sentence is said: ten thousand unknown codes cost nothing until they are shown.
    """

    word: str
    known: tuple[str, ...]

    def words(self) -> Message | str:
        close = nearest(self.word, self.known)
        return Message(N_(" Did you mean {codes}?"), {"codes": close}) if close else ""


def did_you_mean(word: str, known: Iterable[str]) -> DidYouMean:
    return DidYouMean(word, tuple(known))


class Language(NamedTuple):
    """Says things in one language: sentences, numbers and periods alike."""

    code: str
    is_chosen: bool = False
    """Whether a person asked for it; else it is the computer's."""

    @property
    def convention(self) -> Convention:
        return Convention(self.code)

    def say(self, sentence: str, **args: Any) -> str:
        """The sentence in this language, its `{places}` filled by `args`, each made harmless and short.

        A name in both languages (anything with `in_`) is given in this one.
        """
        return self._fill(_translation(self.code).gettext(sentence), args)

    def plural(self, one: str, many: str, n: int, **args: Any) -> str:
        """`say` for a sentence that depends on a number, given to it as `{n}`."""
        return self._fill(_translation(self.code).ngettext(one, many, n), {"n": n, **args})

    def tell(self, message: Message) -> str:
        return self.say(message.sentence, **message.args)

    def number(self, value: Decimal | Fraction | int, places: int | None = None) -> str:
        return number.shown(Fraction(value), self.convention, places)

    def percent(self, value: Decimal | Fraction) -> str:
        """A percent without its sign, two decimals, never rounded onto 100."""
        return number.grouped(number.rounded_percent(value), self.convention)

    def period(self, period: Period) -> str:
        """A period in words, as a heading has it."""
        year, first, last = period.in_calendar
        if period.name:
            return period.name
        if first == last:
            return self.say(N_("month {month}/{year}"), month=str(first), year=str(year))
        if (first, last) == (1, 12):
            return self.say(N_("the year {year}"), year=str(year))
        if last > 12:
            until = f"{(last - 1) % 12 + 1}/{year + (last - 1) // 12}"
            return self.say(N_("months {first} to {last}"), first=f"{first}/{year}", last=until)
        if last - first == 2 and first % 3 == 1:
            quarter = ("I", "II", "III", "IV")[first // 3]
            return self.say(N_("quarter {quarter}/{year}"), quarter=quarter, year=str(year))
        if first == 1:
            return self.say(N_("the first {months} months of {year}"), months=str(last), year=str(year))
        return self.say(N_("months {first} to {last} of {year}"), first=str(first), last=str(last), year=str(year))

    def _fill(self, sentence: str, args: Mapping[str, Any]) -> str:
        return sentence.format_map(_Filling(self, args)) if args else sentence

    def shown(self, value: Any) -> str:
        """One value as it stands in a sentence."""
        if isinstance(value, PurePath | Whole):
            # A path is whole too: its end is what tells one file from another.
            return visible(str(value))
        if isinstance(value, str):
            return clipped(value)
        if isinstance(value, DidYouMean):
            return self.shown(value.words())
        if isinstance(value, Message):
            return self.tell(value)
        if hasattr(value, "in_"):
            return clipped(value.in_(self))
        if isinstance(value, bool) or value is None:
            raise TypeError(f"no words for {value!r}")
        if isinstance(value, (Decimal, Fraction, int)):
            return self.number(value)
        if isinstance(value, (tuple, list)):
            # A comma between numbers would pass for a decimal sign.
            mark = "; " if any(isinstance(one, Decimal) for one in value) else ", "
            return mark.join(map(self.shown, value))
        return str(value)


class _Filling(Mapping[str, str]):
    """What stands in a sentence's places; only what the sentence asks for is put into words."""

    def __init__(self, language: Language, args: Mapping[str, Any]) -> None:
        self.language, self.args = language, args

    def __getitem__(self, key: str) -> str:
        return self.language.shown(self.args[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self.args)

    def __len__(self) -> int:
        return len(self.args)


VI, EN = Language("vi"), Language("en")


def language(asked: str | None = None) -> Language:
    """The language to speak: the one asked for, else `KPI_LANG`, else the system's, else Vietnamese."""
    for code, is_chosen in ((asked, True), (os.environ.get("KPI_LANG"), True), (_system_locale(), False)):
        short = (code or "").lower().replace("_", "-").split("-")[0]
        if short in LANGUAGES:
            return Language(short, is_chosen)
    return Language(DEFAULT)


def _system_locale() -> str | None:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(variable):
            return os.environ[variable]
    if sys.platform == "win32":
        import ctypes
        import locale

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage())
    return None


@cache
def _translation(code: str) -> gettext.NullTranslations:
    # English is the sentences themselves: no catalogue to load.
    if code == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, LOCALE, [code])
