"""A plan file → `Plan`, a scale file → `Scale`, every fault with its line and column.

PyYAML only composes the tree of nodes; no YAML value is ever constructed. Scalars stay the text they are in the
file, so `28500` reaches `number.plain` as it was typed, and text that YAML 1.1 would turn into something else is
refused rather than turned.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import ValidationError

from vinhchau_kpi import number, rules
from vinhchau_kpi.consistency import Fault, Loc, inconsistencies
from vinhchau_kpi.finding import Finding, Place, Rule
from vinhchau_kpi.intake.open.encodings import decode
from vinhchau_kpi.intake.open.files import InputFile
from vinhchau_kpi.intake.plan.quoting import STAND_IN, Unquoted, unquoted
from vinhchau_kpi.messages import N_, Message, did_you_mean
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.planvalue import TAG, TWO_READINGS, Model
from vinhchau_kpi.text import nfc

if TYPE_CHECKING:
    from vinhchau_kpi.scale import Scale

SIZE_LIMIT = 1_000_000
"""Bytes of a plan file. The 2019 plan has a tenth of it."""
DEPTH_LIMIT = 60
MOST_UNQUOTED = 50
"""Values without quotation marks that are said of one file."""

BUNDLED = "plan2019.yaml"

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_AS_WRITTEN = {
    "str": re.compile(r".*", re.DOTALL),
    "bool": re.compile(r"true|false"),
    "int": re.compile(r"-?(?:0|[1-9][0-9]*)"),
    "float": re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+"),
    "timestamp": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "null": re.compile(""),
}
_READINGS = {
    "bool": N_("true or false"),
    "int": N_("another whole number"),
    "float": N_("another number"),
    "timestamp": N_("a moment in time"),
    "null": N_("nothing"),
}


def bundled() -> Path:
    """The 2019 plan that comes with the program: inside the package, or beside it in a working copy."""
    package = Path(__file__).parent.parent.parent
    installed = package / "data" / BUNDLED
    return installed if installed.exists() else package.parent / "data" / BUNDLED


def read_plan(source: InputFile) -> tuple[Plan | None, list[Finding]]:
    """The plan in `source`, or None and why not. A plan with any error is no plan."""
    return _read(source, Plan, inconsistencies)


def read_scale(source: InputFile, faults: Callable[[Scale], Iterable[Fault]]) -> tuple[Scale | None, list[Finding]]:
    """The scale of points in `source`, or None and why not; `faults` finds what in it disagrees, with the plan as well."""
    from vinhchau_kpi.scale import Scale

    return _read(source, Scale, faults)


M = TypeVar("M", bound=Model)


def _read(
    source: InputFile, model: type[M], faults_of: Callable[[M], Iterable[Fault]]
) -> tuple[M | None, list[Finding]]:
    data, findings = source.read(SIZE_LIMIT)
    if data is None:
        return None, findings
    decoded, findings = decode(data, source.name)
    if decoded is None or decoded.doubt is not None:
        return None, [decoded.doubt] if decoded and decoded.doubt else findings
    return _of_text(decoded.text, source.name, model, faults_of)


def plan_in(text: str, name: str) -> tuple[Plan | None, list[Finding]]:
    """The plan in a text that is to stand in the file `name`, as `read_plan` has it."""
    return _of_text(text, name, Plan, inconsistencies)


def _of_text(
    text: str, name: str, model: type[M], faults_of: Callable[[M], Iterable[Fault]]
) -> tuple[M | None, list[Finding]]:
    tree = _Tree(name, model)
    raw = tree.read(text)
    if any(finding.rule in (rules.PLAN_YAML, rules.PLAN_ALIAS) for finding in tree.findings):
        return None, tree.findings
    faults: list[Finding] = []
    try:
        found: M | None = model.model_validate(raw)
        kept: Kept = {}
    except ValidationError as error:
        wrong = error.errors(include_url=False)
        faults = [tree.finding_of(dict(fault)) for fault in wrong]
        found, kept = _sound_part(raw, [fault["loc"] for fault in wrong], model)
    if found is not None:
        faults += [Finding(rule, tree.place(_as_written(loc, kept)), args) for loc, rule, args in faults_of(found)]
    findings = [*tree.findings, *filter(tree.is_new, faults)]
    return (None if any(finding.is_error for finding in findings) else found), findings


Kept = dict[Loc, list[int]]
"""Where in the file the lines stand that were kept of a list, by the list."""


def _sound_part(raw: Any, wrong: list[Loc], model: type[M]) -> tuple[M | None, Kept]:
    """A plan without the indicators and commitments that are wrong in themselves, so that the others can be held against each
    other; None where something else is wrong."""
    if any(len(loc) < 4 or loc[0] != "sections" or loc[2] not in ("indicators", "commitments") for loc in wrong):
        return None, {}
    left_out, kept = {loc[:4] for loc in wrong}, Kept()
    sections = []
    for at, section in enumerate(raw["sections"]):
        sections.append(dict(section))
        for key in ("indicators", "commitments"):
            lines = section.get(key)
            if isinstance(lines, list):
                own: Loc = ("sections", at, key)
                kept[own] = [nth for nth in range(len(lines)) if (*own, nth) not in left_out]
                sections[-1][key] = [lines[nth] for nth in kept[own]]
    try:
        return model.model_validate({**raw, "sections": sections}), kept
    except ValidationError:
        return None, {}


def _as_written(loc: Loc, kept: Kept) -> Loc:
    """A place in a part of a plan as a place in the whole."""
    if loc[:3] not in kept or len(loc) < 4:
        return loc
    return (*loc[:3], kept[loc[:3]][int(loc[3])], *loc[4:])


class _PerhapsTooDeep(Exception):
    """Something stands in `DEPTH_LIMIT` collections: text, or one collection too many."""


class _Shallow(_Loader):  # type: ignore[misc]
    """Goes no deeper than `DEPTH_LIMIT`: libyaml's composer crashes on a tree too deep."""

    depth = 0

    def descend_resolver(self, *_: Any) -> None:
        """Called on the way into every node; there are no resolvers by path, which PyYAML has it for."""
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise _PerhapsTooDeep

    def ascend_resolver(self) -> None:
        self.depth -= 1


class _Tree:
    """The nodes of one YAML text as plain dicts, lists and text, and where each of them stands."""

    def __init__(self, file: str, model: type[Model]) -> None:
        self.file, self.model = file, model
        self.marks: dict[Loc, yaml.Mark] = {}
        self.findings: list[Finding] = []
        self.text = ""

    def read(self, text: str) -> Any:
        try:
            node, self.text = self._mended(text)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = self._at(mark) if mark else Place(self.file)
            self._fault(rules.PLAN_YAML, place, reason=_reason(error, text.split("\n")))
            return None
        except RecursionError:
            self._fault(rules.PLAN_YAML, Place(self.file), reason=Message(N_("too deeply nested")))
            return None
        except yaml.YAMLError:
            reason = Message(N_("it has a character that does not belong in a text file"))
            self._fault(rules.PLAN_YAML, Place(self.file), reason=reason)
            return None
        if any(finding.rule is not rules.PLAN_QUOTES for finding in self.findings):
            return None
        if node is None:
            self._fault(rules.PLAN_YAML, Place(self.file, 1), reason=Message(N_("the file is empty")))
            return None
        return self._value(node, ())

    def _mended(self, text: str) -> tuple[Any, str]:
        """The tree of nodes, and the text it is of: values that only lack quotation marks are said and replaced, so that what
        else is wrong with the file can be said too. Raises `yaml.YAMLError` where something else is in the way."""
        for _ in range(MOST_UNQUOTED):
            try:
                return self._composed(text), text
            except yaml.MarkedYAMLError as error:
                lines = text.split("\n")
                marks = [mark for mark in (error.problem_mark, error.context_mark) if mark and mark.line < len(lines)]
                found = next(
                    ((mark.line, one) for mark in marks if (one := unquoted(lines[mark.line], mark.column))), None
                )
                if found is None or STAND_IN in found[1].value:
                    raise
                at, one = found
                self._fault(
                    rules.PLAN_QUOTES, Place(self.file, at + 1, one.start + 1), value=one.value, quoted=one.quoted
                )
                stand_in = STAND_IN * len(one.value)
                lines[at] = lines[at][: one.start] + stand_in + lines[at][one.start + len(one.value) :]
                text = "\n".join(lines)
        return self._composed(text), text

    def is_new(self, fault: Finding) -> bool:
        """Whether a fault is not of a value about which something was said before."""
        value = fault.args.get("value", "")
        said = [(one.place.line, one.args.get("value")) for one in self.findings]
        return not (said and STAND_IN in str(value)) and (fault.place.line, value) not in said

    def _composed(self, text: str) -> Any:
        """The tree of nodes; None where there is none, or where its shape is at fault, which is then among the findings."""
        if "*" not in text:  # No alias can be in it, so it is gone through once, unless something is wrong.
            with contextlib.suppress(yaml.YAMLError, _PerhapsTooDeep):
                return yaml.compose(text, Loader=_Shallow)
        return yaml.compose(text, Loader=_Loader) if self._has_sound_shape(text) else None

    def _has_sound_shape(self, text: str) -> bool:
        """Aliases and depth, before a tree is built: libyaml's composer crashes on a tree too deep."""
        depth, before = 0, len(self.findings)
        for event in yaml.parse(text, Loader=_Loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            mark: Any = event.start_mark
            if isinstance(event, yaml.AliasEvent):
                self._fault(rules.PLAN_ALIAS, self._at(mark), value=f"*{event.anchor}")
            elif depth > DEPTH_LIMIT:
                self._fault(rules.PLAN_YAML, self._at(mark), reason=Message(N_("too deeply nested")))
                break
        return len(self.findings) == before

    def place(self, loc: Loc) -> Place:
        """Where `loc` stands, or the nearest thing around it that has a place."""
        while loc and loc not in self.marks:
            loc = loc[:-1]
        return self._at(self.marks[loc]) if loc in self.marks else Place(self.file)

    def _without_tags(self, loc: Loc) -> Loc:
        """`loc` without what pydantic adds for the kind of a value; a key of the file may look like that too."""
        found: Loc = ()
        for step in loc:
            if (*found, step) in self.marks or not str(step).startswith(TAG):
                found = (*found, step)
        return found

    def finding_of(self, fault: dict[str, Any]) -> Finding:
        """pydantic's error as one of ours, in the catalogue's words."""
        loc = self._without_tags(fault["loc"])
        kind, value = fault["type"], fault["input"]
        if kind == "missing" and isinstance(loc[-1], str):
            return Finding(rules.PLAN_MISSING_KEY, self.place(loc[:-1]), {"key": str(loc[-1])})
        if kind == "extra_forbidden":
            known = dict.fromkeys(_keys_at(self.model, loc[:-1]))
            key = str(loc[-1])
            return Finding(
                rules.PLAN_UNKNOWN_KEY, self.place(loc), {"key": key, "suggestion": did_you_mean(key, known)}
            )
        if kind == TWO_READINGS:
            whole, fraction = number.two_readings(value) or ("", "")
            args = {"value": value, "whole": whole, "fraction": fraction}
            return Finding(rules.PLAN_TWO_READINGS, self.place(loc), args)
        reason = Message(fault["ctx"]["sentence"]) if kind == "plan_value" else _pydantic_words(fault)
        shown = value if isinstance(value, str) else str(loc[-1]) if loc else self.file
        return Finding(rules.PLAN_BAD_VALUE, self.place(loc), {"value": shown, "reason": reason})

    def _value(self, node: yaml.Node, loc: Loc) -> Any:
        self.marks.setdefault(loc, node.start_mark)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, loc)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, (*loc, at)) for at, item in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, loc: Loc) -> dict[str, Any]:
        if not self._is_own(node, "map"):
            return {}
        found: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in self._joined(node):
            mark = key_node.start_mark
            if not isinstance(key_node, yaml.ScalarNode):
                self._fault(rules.PLAN_YAML, self._at(mark), reason=Message(N_("a key must be a word")))
                continue
            if key_node.tag == _TAG + "merge":
                self._fault(rules.PLAN_ALIAS, self._at(mark), value=key_node.value)
                continue
            key = nfc(key_node.value)  # As the names that refer to it are.
            if key in lines:
                self._fault(rules.PLAN_DUPLICATE_KEY, self._at(mark), key=key, line=str(lines[key]))
                continue
            lines[key] = mark.line + 1
            at = (*loc, key)
            self.marks[at] = mark
            found[key] = self._value(value_node, at)
        return found

    def _joined(self, node: yaml.MappingNode) -> Iterator[tuple[Any, Any]]:
        """The keys and values of a mapping. In braces a comma ends a value: what stands behind it without a colon belongs to the
        value, which needs quotation marks."""
        entries: list[tuple[Any, Any]] = node.value
        at = 0
        while at < len(entries):
            key, value = entries[at]
            following = at + 1
            while node.flow_style and following < len(entries) and _is_bare(*entries[following]):
                following += 1
            if following > at + 1 and isinstance(value, yaml.ScalarNode):
                start, end = value.start_mark, entries[following - 1][0].end_mark
                text = self.text[start.index : end.index]
                self._fault(rules.PLAN_QUOTES, self._at(start), value=text, quoted=Unquoted(text, 0).quoted)
                value = yaml.ScalarNode(value.tag, STAND_IN, value.start_mark, end, style='"')
                at = following - 1
            at += 1
            yield key, value

    def _scalar(self, node: yaml.ScalarNode) -> str:
        kind = node.tag.removeprefix(_TAG)
        pattern = _AS_WRITTEN.get(kind)
        text: str = node.value
        if pattern is None:
            self._fault(rules.PLAN_ALIAS, self._at(node.start_mark), value=node.tag)
        elif not node.style and not pattern.fullmatch(text):
            reading = Message(_READINGS[kind])
            self._fault(rules.PLAN_YAML_SURPRISE, self._at(node.start_mark), value=text, reading=reading)
        return text

    def _is_own(self, node: yaml.Node, kind: str) -> bool:
        if node.tag != _TAG + kind:
            self._fault(rules.PLAN_ALIAS, self._at(node.start_mark), value=node.tag)
            return False
        return True

    def _at(self, mark: yaml.Mark) -> Place:
        return Place(self.file, mark.line + 1, mark.column + 1)

    def _fault(self, rule: Rule, place: Place, **args: Any) -> None:
        self.findings.append(Finding(rule, place, args))


def _is_bare(key: Any, value: Any) -> bool:
    """Whether an entry of a mapping in braces is no key with a value, but words alone."""
    is_blank = isinstance(value, yaml.ScalarNode) and not (value.value or value.style)
    return is_blank and isinstance(key, yaml.ScalarNode) and value.start_mark.index == key.end_mark.index


def _reason(error: yaml.MarkedYAMLError, lines: list[str]) -> Message:
    """Why the text is no YAML, as far as the line says it."""
    for mark in (error.problem_mark, error.context_mark):
        line = lines[mark.line] if mark and mark.line < len(lines) else ""
        if "\t" in line[: len(line) - len(line.lstrip())]:
            return Message(N_("the line begins with a tab; use spaces"))
        if key := _NO_SPACE.match(line.lstrip()):
            return Message(N_("a space is missing behind “{key}:”"), {"key": key[1]})
    return Message(N_("the indentation, a bracket or a quotation mark is wrong"))


_NO_SPACE = re.compile(r"(?:- {1,20})?([a-z_]{1,30}):(?=[^\s:/])")


def _pydantic_words(fault: dict[str, Any]) -> Message:
    """What pydantic expected, for the few kinds of fault that its own types find."""
    kind = fault["type"]
    if kind == "literal_error":
        return Message(N_("one of {choices} is expected"), {"choices": fault["ctx"]["expected"].replace("'", "")})
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return Message(N_("named values are expected here (key: value)"))
    if kind in ("tuple_type", "list_type"):
        return Message(N_("a list is expected here"))
    if kind in ("too_long", "too_short", "missing"):
        return Message(N_("another number of values is expected here"))
    return Message(N_("this key takes another kind of value"))


def _keys_at(model: Any, loc: Loc) -> list[str]:
    """The keys that can stand at `loc` of a file of `model`, found by walking the models."""
    for step in loc:
        if isinstance(step, str) and isinstance(model, type) and issubclass(model, Model):
            field = next((f for n, f in model.model_fields.items() if step in (n, f.alias)), None)
            model = _model_in(field.annotation) if field else None
    if not (isinstance(model, type) and issubclass(model, Model)):
        return []
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> Any:
    """The model inside `tuple[Indicator, ...]`, `dict[str, Unit]`, `Source | None` or a model itself."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner)
        if found is not None:
            return found
    return None
