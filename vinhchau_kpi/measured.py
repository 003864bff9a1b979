"""scale × plan × what was known → what the figures of a unit say of each criterion. Pure; points are given in `score`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from vinhchau_kpi import coverage
from vinhchau_kpi.actual import Actual
from vinhchau_kpi.areas import AreaRow, by_area
from vinhchau_kpi.coverage import Due
from vinhchau_kpi.doubt import Doubts
from vinhchau_kpi.figure import Figure
from vinhchau_kpi.figures import Figures, Known
from vinhchau_kpi.messages import N_, Language, Message
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Commitment, Indicator, Plan
from vinhchau_kpi.promise import promise_by_area
from vinhchau_kpi.report import Row, commitment_row, row
from vinhchau_kpi.scale import Criterion, Scale
from vinhchau_kpi.status import Status
from vinhchau_kpi.text import fold


class Percent(NamedTuple):
    """A percent inside a sentence: two decimals, never rounded onto 100."""

    value: Fraction

    def in_(self, language: Language) -> str:
        return f"{language.percent(self.value)} %"


class Measured(NamedTuple):
    """What the figures of one unit say of one criterion: its measure (percent, value or gap) and whether the target is met;
    both None where something due is missing. `not_for`: why it does not apply to the unit, else None."""

    value: Fraction | None
    is_met: bool | None
    words: Message
    figures: tuple[Figure, ...] = ()
    doubts: Doubts = ()
    not_for: Message | None = None

    @property
    def is_missing(self) -> bool:
        return self.not_for is None and self.value is None and self.is_met is None


def _does_not_apply(sentence: str, **args: object) -> Measured:
    reason = Message(sentence, args)
    return Measured(None, None, reason, not_for=reason)


@dataclass(frozen=True)
class Measures:
    """What can be asked of figures for a scale, by unit. Before the plan's last month it is held against what is expected by then."""

    scale: Scale
    plan: Plan
    known: Known
    figures: Figures
    period: Period

    @property
    def is_provisional(self) -> bool:
        return self.period.last < self.plan.span.length

    def of(self, criterion: Criterion, unit: str) -> Measured:
        key = (criterion.code, unit)
        if key not in self._measures:
            self._measures[key] = self._measured(criterion, unit)
        return self._measures[key]

    @cached_property
    def _measures(self) -> dict[tuple[str, str], Measured]:
        return {}

    def _measured(self, criterion: Criterion, unit: str) -> Measured:
        assert criterion.indicator is not None
        subject = self.plan.subjects[fold(criterion.indicator)]
        if self.scale.of == "agencies" and subject.lead != unit:
            return _does_not_apply(N_("{code} is not led by it"), code=subject.code)
        if isinstance(subject, Commitment):
            return self._promise(subject, unit)
        found: Row | AreaRow | None
        if self.scale.of == "agencies":
            found = self._rows[subject.code]
        else:
            found = self._area_rows.get((subject.code, unit))
            if found is None:
                day = self.known.day or self.period.last_day
                if unit not in self.plan.areas_of(subject, day, self.period, self.known.day):
                    return _does_not_apply(N_("it does not report {code}"), code=subject.code)
                found = AreaRow(subject.code, unit, Actual(), None)
        return self._of_row(criterion, subject, found)

    def _of_row(self, criterion: Criterion, indicator: Indicator, found: Row | AreaRow) -> Measured:
        now, target = found.actual, found.target
        promise = bool(indicator.target.achieved)
        if target is None and not promise and (criterion.of != "value" or criterion.met):
            return _does_not_apply(N_("it has no part of the target of {code}"), code=indicator.code)
        if now.value is None or now.missing or now.is_old:
            return Measured(None, None, _missing_words(indicator, now), tuple(now.figures), found.doubts)
        if criterion.met and found.status is Status.NOT_ASSESSED:
            return _does_not_apply(N_("the target of {code} has no baseline to be judged by"), code=indicator.code)
        is_met = found.status in (Status.MET, Status.EXCEEDED, Status.ON_TRACK) if not promise else now.value == 1
        if promise or criterion.met:
            sentence = N_("{code}: {value}") if not promise else N_("{code}: yes") if is_met else N_("{code}: no")
            words = Message(sentence, {"code": indicator.code, "value": now.value})
            return Measured(now.value, is_met, words, tuple(now.figures), found.doubts)
        share = found.expected_percent if self.is_provisional else None
        if share == 0 and criterion.of != "value":
            return _does_not_apply(N_("nothing of {code} is expected by then"), code=indicator.code)
        value = now.value
        words = Message(N_("{code}: {value}"), {"code": indicator.code, "value": value})
        if criterion.of == "percent":
            if found.percent is None:
                return _does_not_apply(N_("the target of {code} has no percent by then"), code=indicator.code)
            value = found.percent if share is None else 100 * found.percent / share
            words = _percent_words(indicator, found, share, Percent(value))
        elif criterion.of == "gap":
            if found.gap is None:
                return _does_not_apply(N_("the target of {code} is no single number"), code=indicator.code)
            aim = now.value - found.gap
            value = found.gap if share is None else now.value - aim * share / 100
            args = {"code": indicator.code, "value": now.value, "gap": value}
            words = Message(N_("{code}: {value}, {gap} from what is aimed at"), args)
        return Measured(value, is_met, words, tuple(now.figures), found.doubts)

    def _promise(self, promise: Commitment, unit: str) -> Measured:
        section = self.plan.commitments[promise.code][1]
        said = commitment_row(self.plan, self.known, promise, section, self.period, is_silent=False)
        if self.scale.of == "areas":
            own = promise_by_area(self.plan, self.known, promise, self.period)
            figures = tuple(one for one in own.figures if one.area == unit) if own is not None else ()
            is_met = bool(figures) and figures[-1].value == 1
        else:
            figures, is_met = said.figures, said.status is Status.MET
        if not figures or (self.scale.of == "agencies" and said.status is Status.INCOMPLETE):
            return Measured(None, None, Message(N_("{code} is not reported"), {"code": promise.code}), figures)
        words = Message(N_("{code}: yes") if is_met else N_("{code}: no"), {"code": promise.code})
        return Measured(None, is_met, words, figures, self.known.doubted.behind(figures))

    @cached_property
    def _rows(self) -> dict[str, Row]:
        """The town's rows of what is measured. Silence is no excuse here: a month that nobody has reported is missing."""
        wanted = {fold(one.indicator) for one in self.scale.criteria if one.indicator is not None}
        return {
            code: row(self.plan, self.known, entry, self.period, is_silent=False)
            for code, entry in self.plan.entries.items()
            if fold(code) in wanted
        }

    @cached_property
    def _area_rows(self) -> dict[tuple[str, str], AreaRow]:
        tables = by_area(self.plan, self.known, self._rows.values(), is_silent=False)
        return {(table.code, one.area): one for table in tables for one in table.areas}

    def dues(self, unit: str) -> tuple[Due, ...]:
        if unit not in self._dues_found:
            ask = coverage.of_area if self.scale.of == "areas" else coverage.of_agency
            self._dues_found[unit] = ask(self.plan, self.figures, self.period, unit, self.known.day)
        return self._dues_found[unit]

    @cached_property
    def _dues_found(self) -> dict[str, tuple[Due, ...]]:
        return {}

    def figures_of(self, dues: Iterable[Due], unit: str) -> tuple[Figure, ...]:
        """The figures of a unit, in all their versions, that tell of what was due."""
        area = unit if self.scale.of == "areas" else None
        return tuple(
            figure
            for due in dues
            if due.is_received
            for figure in self.figures.as_of(self.known.day).of(due.indicator.code)
            if area in (None, figure.area) and coverage.tells_of(figure.key, due.indicator, due.period)
        )


def _missing_words(indicator: Indicator, now: Actual) -> Message:
    args = {"code": indicator.code, "periods": now.missing or (now.value_period,)}
    if now.value is None:
        return Message(N_("{code} is not reported"), args)
    if now.missing:
        return Message(N_("{code} is not whole; missing: {periods}"), args)
    return Message(N_("{code} is known only as of {periods}"), args)


def _percent_words(indicator: Indicator, found: Row | AreaRow, share: Fraction | None, percent: Percent) -> Message:
    """How much of what was achieved; of a floor with an aim the percent is of the floor."""
    target = found.target
    args: dict[str, object] = {"code": indicator.code, "value": found.actual.value, "percent": percent}
    if target is None or target.floor is None:
        return Message(N_("{code}: {value}, that is {percent}"), args)
    floor, aim = (Fraction(one) * (share or 100) / 100 for one in (target.floor, target.aim or target.floor))
    args["target"] = (
        floor if floor == aim else Message(N_("the floor {floor} (aim {aim})"), {"floor": floor, "aim": aim})
    )
    if share is None:
        return Message(N_("{code}: {value} of {target}, that is {percent}"), args)
    return Message(N_("{code}: {value} of {target} expected by then, that is {percent}"), args)
