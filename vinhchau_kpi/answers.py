"""Files × findings → what each sender is to be told. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from vinhchau_kpi import rules
from vinhchau_kpi.finding import Finding, Findings
from vinhchau_kpi.intake.inbox import Inbox
from vinhchau_kpi.intake.read.parties import agency_in
from vinhchau_kpi.intake.read.submission import Submission
from vinhchau_kpi.plan import Plan

OFFICES_OWN = (rules.UNREADABLE_FILE, rules.NO_SUCH_SHEET, rules.LAST_YEAR)
"""What is for whoever runs `kpi` to see to, as is all that is wrong with a list of confirmed figures."""


@dataclass(frozen=True, slots=True)
class AnsweredFile:
    """A file and what is wrong with it, by itself and against others, in the order of places."""

    submission: Submission
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one sender is told; `agency` is None where no file says who sent it."""

    agency: str | None
    files: tuple[AnsweredFile, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Each once, though it may concern several files."""
        return tuple({id(finding): finding for one in self.files for finding in one.findings}.values())

    @property
    def has_errors(self) -> bool:
        return any(finding.is_error for finding in self.findings)


def answers(plan: Plan, inbox: Inbox, findings: Findings) -> tuple[list[Answer], list[Finding]]:
    """The answers, in the order of the files, and what is no sender's to mend.

    A finding is told of the file it stands in; of those that its words name it is told as well if it is an error, for then
    either may be wrong, or if another sender's file is meant.
    """
    read = {one.file: one for one in inbox.submissions}
    senders: dict[str, str | None] = {}
    told: dict[str, list[Finding]] = {}
    own = []
    for finding in findings.every():
        at = finding.place.file
        if finding.rule in OFFICES_OWN or finding.rule.code.startswith("confirmation-"):
            own.append(finding)
            continue
        for file in dict.fromkeys(place.file for place in finding.places):
            if file not in senders:
                senders[file] = _sender(plan, read.get(file, Submission(file)))
            is_others = senders[file] is not None and senders[file] != senders[at]
            if file == at or (file in read and (finding.is_error or is_others)):
                told.setdefault(file, []).append(finding)
    by_sender: dict[tuple[str | None, str], list[AnsweredFile]] = {}
    for file in sorted(told):
        one = AnsweredFile(read.get(file, Submission(file)), tuple(told[file]))
        by_sender.setdefault((senders[file], "" if senders[file] else file), []).append(one)
    return [Answer(agency, tuple(files)) for (agency, _), files in by_sender.items()], own


def _sender(plan: Plan, submission: Submission) -> str | None:
    """The one agency that reports in a file; of one that could not be read, the one that its name or title names."""
    if submission.agencies:
        return submission.agencies[0] if len(submission.agencies) == 1 else None
    texts = (PurePath(submission.file).stem, *submission.title)
    return next(filter(None, (agency_in(plan, text) for text in texts)), None)
