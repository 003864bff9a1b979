"""What Excel makes of a text that is typed into a cell, or stands in a CSV that it opens."""

from __future__ import annotations

import re

from vinhchau_kpi.messages import N_, Message

DIGITS = 15
"""Digits of a number that Excel keeps."""
_MONTHS = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
_DATE = re.compile(rf"(?:{_MONTHS})[-/ ]?[0-9]{{1,4}}|[0-9]{{1,2}}[-/ ]?(?:{_MONTHS})", re.IGNORECASE)
_DAY = re.compile(r"([0-9]{1,4})[-/]([0-9]{1,4})(?:[-/][0-9]{1,4})?")
_WHOLE = re.compile(r"[0-9]+")
_DECIMALS = re.compile(r"([0-9]*)[.,]([0-9]*)")
_SWAP = str.maketrans(".,", ",.")
_EXPONENT = re.compile(r"[0-9]+(?:[.,][0-9]*)?[eE][-+]?[0-9]{1,3}")
_TIME = re.compile(r"[0-9]{1,2}(?::[0-9]{1,2}){1,2}|[0-9]{1,2} [ap]m?", re.IGNORECASE)


def made_of(text: str) -> Message | str | None:
    """What becomes of `text`, in words or as it then stands; None where it stays what it is."""
    if _DATE.fullmatch(text) or ((day := _DAY.fullmatch(text)) and any(1 <= int(part) <= 12 for part in day.groups())):
        return Message(N_("a date"))
    if _TIME.fullmatch(text):
        return Message(N_("a time of day"))
    if text[:1] in ("=", "+", "-", "@"):
        return Message(N_("a formula"))
    if text.casefold() in ("true", "false"):
        return Message(N_("a yes or no"))
    if _EXPONENT.fullmatch(text) or (text.endswith("%") and _WHOLE.fullmatch(text[:-1])):
        return Message(N_("another number"))
    if _WHOLE.fullmatch(text):
        bare = text.lstrip("0") or "0"
        kept = bare[:DIGITS].ljust(len(bare), "0")
        return kept if kept != text else None
    match = _DECIMALS.fullmatch(text)
    if match is None or not (match[1] or match[2]):
        return None
    whole, decimals = match[1].lstrip("0") or "0", match[2].rstrip("0")
    kept = f"{whole}.{decimals}" if decimals else whole
    return (
        kept if kept != text else Message(N_("a number, {other} on another computer"), {"other": text.translate(_SWAP)})
    )
