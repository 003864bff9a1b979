"""Several senders of one figure: what another agency or another file says is no correction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

from vinhchau_kpi import rules
from vinhchau_kpi.checks.versions import COPY, given_numbers, key_words
from vinhchau_kpi.figure import Figure
from vinhchau_kpi.figures import Figures, latest, standing
from vinhchau_kpi.finding import Finding
from vinhchau_kpi.messages import N_, Message
from vinhchau_kpi.plan import Plan

ONE_BATCH = timedelta(days=7)
"""Files without an agency that are dated so near each other are of one round of reports, not a report and its correction."""


def senders(plan: Plan, figures: Figures) -> Iterator[Finding]:
    """Figures that take the place of another sender's, with both places."""
    repeated = [list(standing(versions)) for versions in figures.repeated()]
    copies = Counter(pair for versions in repeated for pair in _alike(versions))
    for versions in repeated:
        counted = latest(versions)
        if counted is None:
            continue
        others = [
            one
            for one in versions
            if _is_other_sender(counted, one) and copies[one.place.file, counted.place.file] < COPY
        ]
        if others and not _is_in_conflict(counted, versions):
            other = others[0]
            entry = plan.entries.get(counted.code)
            may_add = entry is not None and not plan.unit_of(entry.indicator).is_rate
            agencies = {one.agency for one in (counted, *others)}
            right = other.value if None not in agencies else _together([counted, *others]) if may_add else None
            args = {
                "key": key_words(counted),
                "value": given_numbers(counted),
                "other": given_numbers(other),
                "place": other.place,
                "count": len(others),
                "right": "" if right is None else Message(N_(" {value} may be right."), {"value": right}),
            }
            yield Finding(rules.OTHER_SENDER, counted.place, args, {counted.key: right})


def _alike(versions: Sequence[Figure]) -> Iterator[tuple[str, str]]:
    """The files that give the same numbers, each with each."""
    for one in versions:
        for other in versions:
            if one.place.file != other.place.file and one.numbers == other.numbers:
                yield one.place.file, other.place.file


def _is_other_sender(counted: Figure, other: Figure) -> bool:
    if counted.place.file == other.place.file or counted.kind is not other.kind:
        return False
    if counted.agency is not None and other.agency is not None:
        return counted.agency != other.agency
    if counted.reported_on is None or other.reported_on is None:
        return counted.reported_on == other.reported_on
    return counted.reported_on - other.reported_on <= ONE_BATCH


def _is_in_conflict(counted: Figure, versions: Sequence[Figure]) -> bool:
    """Whether neither of two values of one day counts: that is said as an error."""
    return any(one.version == counted.version and one.numbers != counted.numbers for one in versions)


def _together(senders: Sequence[Figure]) -> Decimal | None:
    """What all have together, where they are parts of one."""
    values = [one.value for one in senders if one.value is not None]
    return sum(values, Decimal(0)) if len(values) == len(senders) else None
