"""A Word file with names in double braces, ours or an office's own → the same with what stands for them. An office's file is a small
program that nobody has reviewed: it can compute nothing that leaves the document."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from vinhchau_kpi.intake.open.files import InputFile
from vinhchau_kpi.intake.read.submission import SIZE_LIMIT
from vinhchau_kpi.messages import N_, Message, did_you_mean
from vinhchau_kpi.output import packed
from vinhchau_kpi.refusal import Refusal
from vinhchau_kpi.text import visible

if TYPE_CHECKING:
    from jinja2 import nodes

UNPACKED_LIMIT = 50_000_000
"""Bytes that an office's file may hold when it is unpacked."""


def filled_file(file: InputFile, content: dict[str, Any]) -> bytes:
    """An office's own file, filled in. Raises `Refusal` where that cannot be done."""
    data, findings = file.read(SIZE_LIMIT)
    if data is None:
        raise _cannot_fill(file, findings[0].args.get("reason", Message(TOO_LARGE)))
    try:
        return filled(data, content)
    # It fails in as many ways as a program and a package of XML can.
    except Exception as error:
        raise _cannot_fill(file, _reason(error)) from error


TOO_LARGE = N_("it is too large")


def _cannot_fill(file: InputFile, reason: Message | str) -> Refusal:
    sentence = N_("{name} cannot be filled in: {reason}. Start from the file that kpi template --word writes.")
    return Refusal(sentence, name=file.path.name, reason=reason)


class _Unusable(Exception):
    """A form that could be filled in, and would be a wrong document."""

    def __init__(self, sentence: str, **args: Any) -> None:
        super().__init__(sentence)
        self.message = Message(sentence, args)


def _reason(error: Exception) -> Message:
    """What is wrong with a form, in words for the person who wrote it."""
    import jinja2
    from jinja2.exceptions import SecurityError

    if isinstance(error, _Unusable):
        return error.message
    detail = {"detail": str(error)}
    match error:
        case SecurityError() | OverflowError():
            return Message(
                N_(
                    "“{detail}” may not stand in a form, which takes names, conditions, loops that are not inside each other, and some filters"
                ),
                detail,
            )
        case jinja2.UndefinedError():
            return Message(N_("it uses an unknown name ({detail})"), detail)
        case jinja2.TemplateError():
            return Message(N_("one of its tags is not written right ({detail})"), detail)
        case BadZipFile() | KeyError() | ValueError():
            return Message(N_("it is not a Word document (.docx)"))
    return Message(N_("it fails while it is filled in ({detail})"), detail)


def filled(data: bytes, content: dict[str, Any]) -> bytes:
    from docxtpl import DocxTemplate

    with ZipFile(BytesIO(data)) as package:
        if sum(part.file_size for part in package.infolist()) > UNPACKED_LIMIT:
            raise _Unusable(TOO_LARGE)
        if (
            sum(package.read(part).count(b"{") for part in package.infolist() if part.filename.endswith(".xml"))
            > BRACES_LIMIT
        ):
            raise _Unusable(TOO_LARGE)
    environment = _environment()
    document = DocxTemplate(BytesIO(data))
    used = document.get_undeclared_template_variables(environment)
    unknown = sorted(used - content.keys())
    if unknown:
        known = did_you_mean(unknown[0], content)
        raise _Unusable(N_("Unknown name {name}.{suggestion}"), name=f"{{{{ {unknown[0]} }}}}", suggestion=known)
    if not used & {"lines", "commitments", "summary"}:
        raise _Unusable(N_("it has no place for the figures, such as {name}"), name="{{ summary }}")
    document.render(content, environment, autoescape=True)
    return packed(document)


def _environment() -> Any:
    """Jinja2 for a file that nobody has reviewed: names, conditions and one loop at a time over what there is, some filters, and
    nothing else. So no attribute of Python's is reached, no text is unescaped, and what is made is no longer than the loops."""
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    size = 0

    def seen(value: Any) -> Any:
        nonlocal size
        size += len(str(value))
        if size > UNPACKED_LIMIT:
            raise _Unusable(TOO_LARGE)
        return visible(value) if type(value) is str else value

    class Sandbox(ImmutableSandboxedEnvironment):
        def _parse(self, *source: Any) -> nodes.Template:
            """Before anything else: to look for names is to work out constants already."""
            tree = super()._parse(*source)
            _check(tree, 0)
            return tree

    # A name that is misspelt is a fault, not a blank in a report.
    environment = Sandbox(autoescape=True, undefined=jinja2.StrictUndefined, finalize=seen)
    environment.globals.clear()
    return environment


def _check(node: nodes.Node, loops: int) -> None:
    """Raises where a part of a form, in so many loops, is none that a form takes."""
    from jinja2 import nodes
    from jinja2.exceptions import SecurityError

    allowed = (
        nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const, nodes.If,
        nodes.For, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Filter, nodes.Keyword,
    )  # fmt: skip
    if isinstance(node, nodes.For):
        loops += 1
        if sum(len(text.data) for text in node.find_all(nodes.TemplateData)) > LOOP_LIMIT:
            raise _Unusable(TOO_LARGE)
    if not isinstance(node, allowed) or loops > 1 or (isinstance(node, nodes.Filter) and node.name not in _FILTERS):
        raise SecurityError(getattr(node, "name", None) or type(node).__name__.lower())
    if isinstance(node, nodes.Filter) and node.name == "join":
        marks = [
            mark
            for mark in (*node.args, *node.kwargs)
            if not isinstance(mark, nodes.Const) or len(str(mark.value)) > SHORT
        ]
        # What joins texts by texts makes gigabytes of a line.
        if marks or not isinstance(node.node, (nodes.Name, nodes.Getattr)):
            raise SecurityError(node.name)
    for inner in node.iter_child_nodes():
        _check(inner, loops)


_FILTERS = {"capitalize", "default", "first", "join", "last", "length", "lower", "title", "trim", "upper"}
LOOP_LIMIT = 100_000
"""Characters of an office's file that stand inside one loop. The usual form has six thousand."""
SHORT = 20
"""Characters that may stand between two that are joined."""
BRACES_LIMIT = 5_000
"""Opening braces of an office's file. The usual form has eighty; docxtpl goes back over all of them from each."""
