"""Files × findings → what each sender is to be told. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath

from vinhchau_kpi import rules
from vinhchau_kpi.finding import Finding, Findings
from vinhchau_kpi.intake.inbox import Inbox
from vinhchau_kpi.intake.open.files import CONFIRMED
from vinhchau_kpi.intake.read.parties import agency_in, agency_named
from vinhchau_kpi.intake.read.submission import Submission
from vinhchau_kpi.messages import N_, Message
from vinhchau_kpi.plan import Plan

OFFICES_OWN = (rules.UNREADABLE_FILE, rules.NO_SUCH_SHEET, rules.LAST_YEAR, rules.CODES_GONE, rules.OTHER_YEAR)
"""What is for whoever runs `kpi` to see to, as is all that is wrong with the list of confirmed figures."""


@dataclass(frozen=True, slots=True)
class AnsweredFile:
    """A file and what is wrong with it, by itself and against others; `told` is without what another file of the same sender
    is told of."""

    submission: Submission
    findings: tuple[Finding, ...]
    told: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one sender is told; `agency` is None where no file says who sent it."""

    agency: str | None
    files: tuple[AnsweredFile, ...]

    @property
    def findings(self) -> list[Finding]:
        return [finding for one in self.files for finding in one.told]


def answers(plan: Plan, inbox: Inbox, findings: Findings) -> tuple[list[Answer], list[Finding]]:
    """The answers, in the order of the files, and what is no sender's to mend.

    A finding is told of the file it stands in; of those that its words name it is told as well if it is an error, for then
    either may be wrong, or if another sender's file is meant.
    """
    read = {one.file: one for one in inbox.submissions}
    senders: dict[str, str | None] = {}
    found: dict[str, list[Finding]] = {}
    own = []
    for finding in findings.every():
        at = finding.place.file
        if finding.rule in OFFICES_OWN or PurePath(at).name.lower() == CONFIRMED:
            own.append(finding)
            continue
        for file in dict.fromkeys(place.file for place in finding.places):
            if file not in senders:
                senders[file] = _sender(plan, read.get(file, Submission(file)))
            is_others = senders[file] is not None and senders[file] != senders[at]
            if file == at or (file in read and (finding.is_error or is_others)):
                found.setdefault(file, []).append(finding)
    by_sender: dict[tuple[str | None, str], list[AnsweredFile]] = {}
    for file, every in sorted(found.items()):
        key = senders[file], "" if senders[file] else file
        is_same = senders[file] is not None
        told = [
            one for one in every if one.place.file == file or not (is_same and senders[one.place.file] == senders[file])
        ]
        of_file = (tuple(_told_of(file, one) for one in some) for some in (every, told))
        by_sender.setdefault(key, []).append(AnsweredFile(read.get(file, Submission(file)), *of_file))
    return [Answer(agency, tuple(files)) for (agency, _), files in by_sender.items()], own


def _told_of(file: str, finding: Finding) -> Finding:
    """A finding as it is told of a file: of one that it only names, at the place that it names, with the one that it stands at."""
    if finding.place.file == file:
        return finding
    here = next(place for place in finding.places if place.file == file)
    said = Message(finding.rule.message, finding.args)
    rule = replace(finding.rule, message=N_("{elsewhere}: {said}"))
    return replace(finding, rule=rule, place=here, args={**finding.args, "elsewhere": finding.place, "said": said})


def _sender(plan: Plan, submission: Submission) -> str | None:
    """The one agency that its rows name, sound or not; of a file whose rows name none, the one that its name or title names."""
    said = {text for text in submission.agency_cells if text.strip()}
    named = {agency_named(plan, text) for text in said} - {None} or set(submission.agencies)
    if named:
        return named.pop() if len(named) == 1 else None
    texts = (PurePath(submission.file).stem, *submission.title)
    return next(filter(None, (agency_in(plan, text) for text in texts)), None)
