"""The command that explains a finding's code."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from vinhchau_kpi import messages
from vinhchau_kpi.cli import completion
from vinhchau_kpi.cli.deliver import deliver
from vinhchau_kpi.cli.options import ScreenDelivery, spread
from vinhchau_kpi.forms import Result
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.refusal import Refusal


@spread
def rule(
    ctx: typer.Context,
    *,
    code: Annotated[
        Optional[str],
        typer.Argument(
            metavar="[CODE]",
            autocompletion=completion.rule_codes,
            help=N_("Code of a finding, such as bad-number; all are listed if not given."),
        ),
    ] = None,
    delivery: ScreenDelivery,
) -> None:
    from vinhchau_kpi import rules
    from vinhchau_kpi.views import findings as view

    language: Language = ctx.obj
    found = rules.by_code(code) if code else None
    if code and found is None:
        known = [one.code for one in rules.ALL]
        raise Refusal(
            N_("There is no rule “{code}”.{suggestion}"), code=code, suggestion=messages.did_you_mean(code, known)
        )
    chosen = [found] if found else rules.ALL
    deliver(
        ctx.obj,
        delivery,
        Result(
            screen=lambda language: view.rule_screen(found, language) if found else view.rule_list(language),
            whole_screen=lambda language: [part for one in chosen for part in view.rule_screen(one, language)],
            facts=lambda: [view.rule_facts(one, language) for one in chosen],
            records=lambda: (view.RULE_FIELDS, [view.rule_facts(one, language) for one in chosen]),
        ),
    )
