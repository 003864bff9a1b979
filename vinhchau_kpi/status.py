"""How the rows of a report are told apart, and in which order they can stand. Light: `--help` needs it too."""

from __future__ import annotations

from enum import StrEnum

from vinhchau_kpi.messages import N_


class Status(StrEnum):
    EXCEEDED = "exceeded"
    MET = "met"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    NOT_YET = "not_yet"
    NOT_MET = "not_met"
    NOT_REPORTED = "not_reported"
    NOT_DUE = "not_due"
    NOT_ASSESSED = "not_assessed"
    INCOMPLETE = "incomplete"
    OVERDUE = "overdue"
    """Of commitments alone: not carried out, and its day has passed."""


STATUS_NAMES = {
    Status.EXCEEDED: N_("exceeded"),
    Status.MET: N_("met"),
    Status.ON_TRACK: N_("on track"),
    Status.BEHIND: N_("behind"),
    Status.NOT_YET: N_("not yet met"),
    Status.NOT_MET: N_("not met"),
    Status.NOT_REPORTED: N_("not reported"),
    Status.NOT_DUE: N_("not due yet"),
    Status.NOT_ASSESSED: N_("not assessed"),
    Status.INCOMPLETE: N_("not enough figures"),
    Status.OVERDUE: N_("overdue"),
}


WORST_TO_BEST = {
    status: rank
    for rank, status in enumerate(
        (Status.OVERDUE, Status.NOT_MET, Status.NOT_YET, Status.BEHIND, Status.ON_TRACK, Status.MET, Status.EXCEEDED)
    )
}
"""The judgements in order; where there is none yet, nothing is better or worse."""


LAGGING = (Status.BEHIND, Status.NOT_MET, Status.OVERDUE)
"""Those of what was to be further by now."""
LACKING = (Status.NOT_REPORTED, Status.INCOMPLETE)
"""Those of what is due and not there, or not wholly."""
SILENT = (Status.NOT_REPORTED, Status.NOT_DUE)
"""Those of a row without a value."""


class View(StrEnum):
    """Which changes of a diff are looked at."""

    MOST = "most"
    TURNED = "turned"
    APPEARED = "appeared"
    RESTATED = "restated"


class By(StrEnum):
    """What a report can be broken down by."""

    AREA = "area"


class Order(StrEnum):
    """Other than the plan's own."""

    PERCENT = "percent"
    GAP = "gap"
    CODE = "code"
