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
}


class Order(StrEnum):
    """Other than the plan's own."""

    PERCENT = "percent"
    GAP = "gap"
    CODE = "code"
