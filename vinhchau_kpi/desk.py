"""What a command works on: the plan, the files, and the figures once nothing stands against them.

Between the command line and the pure core: it opens, checks, says the findings, and answers questions that need
the plan (“which period is this?”) with a value or a `Refusal`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from vinhchau_kpi import asked, rules
from vinhchau_kpi import report as reports
from vinhchau_kpi.checks import check, contradicting, versions
from vinhchau_kpi.doubt import Confirmation, Doubt, Doubted
from vinhchau_kpi.figure import Figure, FigureKey
from vinhchau_kpi.figures import Figures, Known, PlainFigures
from vinhchau_kpi.finding import Beyond, Finding, Findings, Place
from vinhchau_kpi.forms import console
from vinhchau_kpi.intake.inbox import Inbox, read_inbox
from vinhchau_kpi.intake.office import Office, office, plan_beside
from vinhchau_kpi.intake.open.files import InputFile, NoFiles
from vinhchau_kpi.intake.plan.file import bundled, read_plan, read_scale
from vinhchau_kpi.intake.read.confirmed import idle
from vinhchau_kpi.intake.read.parties import Areas
from vinhchau_kpi.intake.read.submission import SIZE_LIMIT, Options, Submission
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.refusal import FaultsFound, Refusal
from vinhchau_kpi.report import NOTHING_KNOWN, Reading, Report
from vinhchau_kpi.settings import Settings
from vinhchau_kpi.views import findings as view

if TYPE_CHECKING:
    from vinhchau_kpi.coverage import Due
    from vinhchau_kpi.measured import Measures
    from vinhchau_kpi.scale import Entered, Scale

MANY = 20
"""Files that take long enough to read for a bar to be shown."""


class Desk:
    """One command's plan and files, each read when first asked for, once."""

    def __init__(self, language: Language, settings: Settings) -> None:
        self.language, self.settings = language, settings
        self._said: set[tuple[str, Place]] = set()
        self._found: dict[date | None, Findings] = {}
        self._doubted: dict[date | None, Doubted] = {}
        self._in_errors: dict[date | None, set[FigureKey]] = {}
        """The figures that are well formed each by itself and that an error is about."""
        self._left_out: dict[date | None, frozenset[FigureKey]] = {}
        self._known: dict[date | None, Known] = {}

    @cached_property
    def plan(self) -> Plan:
        """The plan; one with faults is said to have them, and nothing goes on."""
        source = InputFile(self._plan_path())
        if not os.path.lexists(source.path):
            raise Refusal(N_("There is no plan file {path}."), path=source.name)
        plan, findings = read_plan(source)
        if plan is None:
            self.show(Findings(findings))
            raise Refusal(N_("The plan {path} cannot be used; kpi plan check shows what to correct."), path=source.name)
        return plan

    @cached_property
    def office(self) -> Office:
        """What `kpi.toml` says."""
        return office()

    def papers(self) -> Language:
        """The language of what is handed on."""
        return papers(self.language, self.office)

    def _plan_path(self) -> Path:
        """The plan file that is meant; one that was not named with the command is said."""
        if self.settings.plan is not None:
            return self.settings.plan
        found = self.office.plan_path or plan_beside(self._named_paths() or [self.office.actuals_path], self.office)
        if found is None:
            return bundled()
        console.tell(self.language.say(N_("Plan: {path}"), path=found))
        return found

    def scale(self, path: Path) -> Scale:
        """The scale of points in a file; one with faults is said to have them, and nothing goes on."""
        scale, findings = self.scale_and_findings(path)
        if scale is None:
            self.show(Findings(findings))
            raise Refusal(N_("The scale {path} cannot be used; kpi score check shows what to correct."), path=path)
        return scale

    def scale_and_findings(self, path: Path) -> tuple[Scale | None, list[Finding]]:
        """The scale in a file, None where it has errors, and all that is wrong with it, held against the plan."""
        if not os.path.lexists(path):
            raise Refusal(N_("There is no file or folder {path}."), path=path)
        from vinhchau_kpi.scale_consistency import scale_faults

        return read_scale(InputFile(path), lambda scale: scale_faults(scale, self.plan))

    def entered(self, paths: Sequence[str], scale: Scale, day: date | None) -> list[Entered]:
        """The scores that these files enter by `day`, once nothing stands against them."""
        entered, findings = self.entered_and_findings(paths, scale, day)
        self._stop_on(Findings(findings).in_order())
        return entered

    def entered_and_findings(
        self, paths: Sequence[str], scale: Scale, day: date | None = None
    ) -> tuple[list[Entered], list[Finding]]:
        """The sound scores that these files enter by `day`, and all that is wrong with the files."""
        from vinhchau_kpi.intake.read.entered import read_entered
        from vinhchau_kpi.score import contradictions

        entered, findings = read_entered(paths, scale, self.plan, self._options())
        entered = [one for one in entered if day is None or one.version <= day]
        found = list(contradictions(scale, entered))
        unclear = set().union(*(entries for _, entries in found))
        return [one for one in entered if one not in unclear], [*findings, *(finding for finding, _ in found)]

    @cached_property
    def inbox(self) -> Inbox:
        """All files as they were read, whatever is wrong with them."""
        return read_inbox(self._paths(), self.plan, self._options(), self._watch, self.settings.compared or ())

    def _shelf(self) -> Beyond | None:
        """A place of its own for each set of findings, where all are asked for."""
        if not (self.settings.show_all or self.settings.every_finding):
            return None
        from vinhchau_kpi.output import Shelf

        return Shelf()

    @cached_property
    def areas(self) -> Areas:
        """What areas are called in the files; where two desks share it, an area that their files spell differently is one."""
        return Areas(self.plan)

    def _options(self) -> Options:
        told = self.settings
        period = asked.period(self.plan, told.rows_period) if told.rows_period is not None else None
        numbers = told.numbers or self.office.convention
        return Options(numbers, period, told.encoding, told.sheet, told.keep_cells, self._shelf(), self.areas)

    def _watch(self, sources: list[InputFile]) -> Iterator[InputFile]:
        """The files one by one, with a bar on standard error where a person waits for many of them."""
        if len(sources) < MANY or not sys.stderr.isatty():
            return iter(sources)
        from vinhchau_kpi.forms.terminal import bar

        return bar(sources, self.language.say(N_("Reading")), sys.stderr)

    def workbook(self, submission: Submission) -> bytes | None:
        """The bytes of the .xlsx that a submission was read from; None where it was something else."""
        source = InputFile(Path(submission.file))
        return source.read(SIZE_LIMIT)[0] if submission.how_read.is_xlsx and source.path.exists() else None

    @property
    def findings(self) -> Findings:
        """What is wrong with the files, each by itself and all together."""
        return self.findings_on(None)

    def figures_on(self, day: date | None) -> Figures:
        """The figures that were there on `day`, once nothing stands against them."""
        self._stop_on(self.findings_on(day))
        return self.inbox.figures.as_of(day).without(self._left_out_on(day))

    def _left_out_on(self, day: date | None) -> frozenset[FigureKey]:
        """The figures, of this year and the last, that contradict each other by what was there on `day`."""
        if day not in self._left_out:
            self.findings_on(day)
            found = self._in_errors[day]
            years = (self.plan, self.inbox.figures), (self.plan.a_year_earlier, self.inbox.last_year)
            self._left_out[day] = frozenset().union(
                *(
                    contradicting(plan, figures.as_of(day), {key for key in found if plan.span.has(key.period)})
                    for plan, figures in years
                )
            )
        return self._left_out[day]

    def known_on(self, day: date | None) -> Known:
        """What was known on `day`, once nothing stands against it; the same to all who ask for the day."""
        if day not in self._known:
            figures = self.figures_on(day)
            known = replace(figures.known_on(day), left_out=self._left_out_on(day))
            self._known[day] = known.with_doubts(self._doubted[day])
        return self._known[day]

    def _stop_on(self, findings: Findings) -> None:
        """Say the findings on standard error, each once; errors stop here, unless told to skip."""
        if self.settings.is_silent:
            return
        unsaid = findings.without(self._said)
        self._said.update((finding.rule.code, finding.place) for finding in unsaid)
        if unsaid:
            self.show(unsaid)
        if self.has_errors(findings) and not self.settings.skip_invalid:
            sentence = N_(
                "{counts} in the files, so no result is printed. Correct the files, or leave out the rows with errors: --skip-invalid."
            )
            counts = view.counted(findings, self.language)
            console.tell(self.language.say(sentence, counts=counts))
            raise FaultsFound

    def measures(self, scale: Scale, period: str | None, day: date | None) -> Measures:
        """What the figures of `day` say for a scale, once nothing stands against them. Where nothing of it comes from figures
        none have to be there."""
        from vinhchau_kpi.measured import Measures

        is_needed = any(one.is_computed for one in scale.criteria) or not self._has_no_figures()
        figures: Figures = self.figures_on(day) if is_needed else PlainFigures(())
        known = self.known_on(day) if is_needed else Known(day, {})
        return Measures(scale, self.plan, known, figures, self.period(period or self.settings.rows_period, known))

    def both_years_on(self, day: date | None) -> tuple[Known, Known]:
        """What was known on `day` of the plan's year and of the year before, to be compared figure by figure: what is wrong
        with each by itself stops, not whether they agree with each other."""
        years = [of_a_year.as_of(day) for of_a_year in (self.inbox.figures, self.inbox.last_year)]
        findings = Findings(self.inbox.findings, self._shelf())
        in_conflict: set[FigureKey] = set()
        for of_a_year in years:
            for finding in versions(self.plan, of_a_year):
                findings.add(finding)
                if finding.is_error:
                    in_conflict.update(finding.about)
        self._stop_on(findings.in_order())
        this_year, last_year = (of_a_year.without(in_conflict).known_on(day) for of_a_year in years)
        return this_year, last_year

    @cached_property
    def known_so_far(self) -> Known:
        """What is known by the sound rows of the files, for show; nothing where there are no files, or a folder without any.
        How many rows it lacks is said on standard error."""
        if self._has_no_figures():
            return NOTHING_KNOWN
        try:
            left_out = self._left_out_on(None)
        except NoFiles:
            return NOTHING_KNOWN
        known = replace(self.inbox.figures.without(left_out).known_on(None), left_out=left_out)
        reading = self.reading(known)
        if reading.rows_left_out:
            text = self.language.plural(
                "{n} row with errors is not among the figures shown; see kpi validate.",
                "{n} rows with errors are not among the figures shown; see kpi validate.",
                reading.rows_left_out,
            )
            console.tell(text)
        if reading.unread:
            names = tuple(Path(file).name for file in reading.unread)
            text = self.language.say(N_("Could not be read, so not among the figures shown: {names}."), names=names)
            console.tell(text)
        return known

    def still_owed(self, period: Period) -> list[Due]:
        """What was due before `period` and is not among the sound rows; nothing where there are none at all."""
        if not self.known_so_far.size or period.first == 1:
            return []
        from vinhchau_kpi.coverage import coverage

        figures = self.inbox.figures.without(self._left_out_on(None))
        before = coverage(self.plan, figures, self.plan.span.period(1, period.first - 1))
        return [due for agency in before.agencies for due in agency.owing]

    def last_year_on(self, day: date | None) -> Known:
        """What was known on `day` of the year before the plan's."""
        left_out = self._left_out_on(day)
        known = self.inbox.last_year.as_of(day).without(left_out).known_on(day)
        return replace(known, left_out=left_out).with_doubts(self._doubted[day])

    def show(self, findings: Findings) -> None:
        """Findings on standard error."""
        from vinhchau_kpi.forms.terminal import show

        show(view.screen(findings, self.language, show_all=self.settings.show_all), sys.stderr)

    @property
    def has_faults(self) -> bool:
        return self._count(self.findings) > 0

    def findings_on(self, day: date | None) -> Findings:
        """What is wrong with the files as they were on `day`; found once for each day."""
        if day not in self._found:
            plan = self.plan  # A plan that cannot be used is said before the files are looked for.
            of_files, doubted = self.inbox.findings, Doubted(self._confirmed_on(day))
            settled = {(finding.rule.code, finding.place) for finding in of_files if not doubted.add(finding)}
            findings = Findings(of_files.without(settled) if settled else of_files, self._shelf())
            in_errors: set[FigureKey] = set()
            for finding in self._disagreements(plan, day):
                if self.inbox.is_asked_for(finding) and doubted.add(finding):
                    findings.add(finding)
                if finding.is_error:
                    in_errors.update(finding.about)
            self._found[day], self._in_errors[day] = findings.in_order(), in_errors
            self._doubted[day] = doubted
        return self._found[day]

    def _disagreements(self, plan: Plan, day: date | None) -> Iterator[Finding]:
        """What is wrong with figures that are well formed each by itself."""
        yield from check(plan, self.inbox.figures.as_of(day))
        yield from check(plan.a_year_earlier, self.inbox.last_year.as_of(day))
        if day is None:
            yield from idle(self.inbox.confirmations, self._figures_confirmed(day), self.inbox.beside)

    def _confirmed_on(self, day: date | None) -> dict[FigureKey, Confirmation]:
        """What persons have found right of the figures as they were on `day`."""
        figures = {figure.key: figure for figure in self._figures_confirmed(day)}
        return {
            one.key: one for one in self.inbox.confirmations if one.key in figures and one.holds_for(figures[one.key])
        }

    def _figures_confirmed(self, day: date | None) -> Iterator[Figure]:
        """The figures that the confirmations speak of, with what was known of them on `day`."""
        keys = {one.key for one in self.inbox.confirmations}
        codes = dict.fromkeys(key.code for key in keys)
        for of_a_year in (self.inbox.figures, self.inbox.last_year) if keys else ():
            known = of_a_year.known_on(day)
            yield from (figure for code in codes for figure in known.of(code).figures() if figure.key in keys)

    def settled_on(self, day: date | None) -> Sequence[Doubt]:
        """The doubts that persons have settled: the figures are right."""
        self.findings_on(day)
        return self._doubted[day].settled

    def has_errors(self, findings: Findings) -> bool:
        """Whether a result is stopped; by files of other years never, however strict one is."""
        of_others = sum(findings.by_rule[one] for one in (rules.LAST_YEAR, rules.CODES_GONE, rules.OTHER_YEAR))
        return self._count(findings) > self.settings.strict * of_others

    def _count(self, findings: Findings) -> int:
        """How many findings stop a result."""
        return findings.total if self.settings.strict else findings.errors

    def report(self, known: Known, period: Period, sections: Sequence[str]) -> Report:
        before = self.last_year_on(known.day)
        return reports.report(self.plan, known, period, self.reading(known), sections, before)

    def reading(self, known: Known) -> Reading:
        """What was read to know this, and what was left out of it."""
        inbox = self.inbox
        left_out = self._left_out_on(known.day)
        every = [of_a_year.as_of(known.day) for of_a_year in (inbox.figures, inbox.last_year)]
        in_conflict = sum(one.size - one.without(left_out).size for one in every)
        findings = self.findings_on(known.day)
        return Reading(
            files=sum(one.is_read and not one.other_year for one in inbox.submissions),
            unread=tuple(one.file for one in inbox.submissions if not one.is_read),
            figures=known.size,
            rows_left_out=inbox.rows_left_out + in_conflict,
            errors=self._count(findings),
            contradicting=tuple(sorted({key.code for key in left_out})),
            illustrative=sum(one.is_illustrative for one in inbox.submissions),
            last_year=self.last_year_on(known.day).size,
            other_years=tuple(one.other_year for one in inbox.submissions if one.other_year),
        )

    def period(self, text: str | None, known: Known) -> Period:
        """The period asked for, else the latest month that the figures reach."""
        if text is not None:
            return asked.period(self.plan, text)
        length = self.plan.span.length
        last = known.reached_month(self.plan.entries, length) or known.reached_month(self.plan.commitments, length)
        if last is None:
            sentence = N_("No figure was found, so there is no latest month. Say which period, for example {example}.")
            raise Refusal(sentence, example=self.plan.span.example)
        return self.plan.span.month(last)

    def _named_paths(self) -> list[str] | None:
        """Where the user says that the figures are; None where nothing is said."""
        if self.settings.actuals:
            if "" in [*self.settings.actuals, *(self.settings.compared or ())]:
                raise Refusal(N_("A file or folder without a name was given: “”. Write its name, or leave it out."))
            return self.settings.actuals
        given = os.environ.get("KPI_ACTUALS")
        return [path for path in given.split(os.pathsep) if path] if given else None

    def _paths(self) -> list[str]:
        named = self._named_paths()
        if named is not None:
            return named
        if self._has_no_figures():
            raise Refusal(
                N_("No figures: put the files in the folder {folder}, or say where they are with --actuals."),
                folder=self.office.actuals_path,
            )
        return [self.office.actuals_path]

    def has_around(self, folder: Path) -> bool:
        """Whether a folder lies in one of figures, or has some in it: what is written there would be read as figures."""
        real = Path(os.path.realpath(folder))
        roots = [Path(os.path.realpath(path)) for path in self._paths() if Path(path).is_dir()]
        files = (Path(os.path.realpath(one.file)) for one in self.inbox.submissions)
        return any(map(real.is_relative_to, roots)) or any(file.is_relative_to(real) for file in files)

    def _has_no_figures(self) -> bool:
        """Whether nobody says where figures are, and the folder for them is not there."""
        return self._named_paths() is None and not os.path.lexists(self.office.actuals_path)


def papers(language: Language, office: Office) -> Language:
    """The language of pages, workbooks, Word files, templates and letters: the one that a person asks for, else the office's,
    whatever the computer's is."""
    return language if language.is_chosen else Language(office.papers)
