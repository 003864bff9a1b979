"""The agencies and areas of a plan."""

from __future__ import annotations

from vinhchau_kpi.planvalue import Model, Name


class Party(Model):
    """An agency or an area, known by its id and its name."""

    name: Name
