"""What the program says about itself, help and wrong usage, in the user's language; Typer's own words too."""

from __future__ import annotations

import gettext
import os
from collections.abc import Sequence
from typing import Any

from typer.core import TyperCommand, TyperGroup

from vinhchau_kpi import forms, messages
from vinhchau_kpi.messages import N_, Language

_TYPERS_OWN = (
    N_("Options"), N_("Commands"), N_("Arguments"), N_("required"), N_("default: {default}"), N_("env var: {var}"),
    N_("Show this message and exit."), N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
)  # fmt: skip


def _translate(command: Any, ctx: Any) -> None:
    language: Language = ctx.find_root().obj or messages.language()
    params = command.get_params(ctx)
    # A command that cannot be asked for a form writes JSON.
    choices = next((param.type.choices for param in params if "--format" in param.opts), ("json",))
    for param in params:
        if getattr(param, "help", None):
            param.help = language.say(param.help, endings=forms.endings(choices))
    for one in (command, *getattr(command, "commands", {}).values()):
        if one.help:
            one.help = language.say(one.help)


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    language: Language = ctx.find_root().obj or messages.language()
    prefix = language.say(N_("Usage: "))
    formatter.write_usage(ctx.command_path.rstrip(), " ".join(command.collect_usage_pieces(ctx)), prefix)


class _Spoken:
    """Help and usage in the user's language."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        _translate(self, ctx)
        super().format_help(ctx, formatter)  # type: ignore[misc]

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        if self.epilog:  # type: ignore[attr-defined]
            language: Language = ctx.find_root().obj or messages.language()
            with formatter.section(language.say(N_("For example"))):
                formatter.write_dl([(self.epilog, "")])  # type: ignore[attr-defined]

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        _write_usage(self, ctx, formatter)


class Command(_Spoken, TyperCommand):
    """A command whose help is in the user's language."""


class Group(_Spoken, TyperGroup):
    """A group of commands whose help is in the user's language: each with its whole sentence, and an example where it has one."""

    def shelves(self) -> dict[str, list[str]]:
        """The names of the commands under the headings that help lists them by."""
        return {N_("Commands"): list(self.commands)}

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        language: Language = ctx.find_root().obj or messages.language()
        for title, names in self.shelves().items():
            shown = [(name, self.commands[name]) for name in names if not self.commands[name].hidden]
            rows = [(name, one.help or "") for name, one in shown]
            examples = {name: one.epilog for name, one in shown if one.epilog}
            with formatter.section(language.say(title)):
                formatter.write_dl(
                    [line for name, text in rows for line in ((name, text), ("", examples.get(name, ""))) if line[1]]
                )


class GroupWithDefault(Group):
    """A group whose command `default` is meant where none of the others is named; it goes by the group's own name."""

    default = "default"

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args or args[0] not in self.commands:
            args = [self.default, *args]
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name, command, rest = super().resolve_command(ctx, args)
        return ("" if name == self.default else name), command, rest


def asked_language(arguments: Sequence[str]) -> str | None:
    """What follows --lang: it is needed before anything is parsed, for help and usage messages are in it too."""
    for at, argument in enumerate(arguments):
        if argument == "--lang" and at + 1 < len(arguments):
            return arguments[at + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return None


def speak(language: Language) -> None:
    """Typer looks its own words up with gettext: point it to our catalogue, in this language."""
    os.environ["LANGUAGE"] = language.code
    gettext.bindtextdomain(messages.DOMAIN, str(messages.LOCALE))
    gettext.textdomain(messages.DOMAIN)


def usage_words(error: Any, language: Language) -> str:
    """Typer's usage errors, which it says in English alone, in the catalogue's words."""
    kind, say = type(error).__name__, language.say
    param = getattr(error, "param", None)
    names = (
        " / ".join([*param.opts, *param.secondary_opts])
        if param is not None and param.param_type_name == "option"
        else getattr(param, "metavar", None) or ""
    )
    if kind == "NoArgsIsHelpError":
        return str(error.format_message())
    if kind == "NoSuchOption":
        close = (
            messages.Message(N_(" Did you mean {codes}?"), {"codes": tuple(error.possibilities)})
            if error.possibilities
            else ""
        )
        return say(N_("There is no option {option}.{suggestion}"), option=error.option_name, suggestion=close)
    if kind == "MissingParameter":
        return say(N_("{name} is missing."), name=names)
    if kind == "BadOptionUsage":
        return say(N_("{option} needs a value."), option=error.option_name)
    choices = getattr(getattr(param, "type", None), "choices", None)
    if choices:
        return say(
            N_("{name} takes one of: {choices}."),
            name=names,
            choices=tuple(str(getattr(one, "value", one)) for one in choices),
        )
    if "No such command" in error.message or (error.ctx is not None and getattr(error.ctx.command, "commands", None)):
        commands = tuple(getattr(error.ctx.command, "commands", {}))
        return say(N_("Unknown command; the commands are {commands}."), commands=commands)
    if "unexpected extra argument" in error.message:
        return say(N_("Too many words after {command}."), command=error.ctx.command_path)
    return say(N_("The command line was not understood: {words}"), words=error.message)
