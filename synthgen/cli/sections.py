"""Options under headings: how they are declared, shown in the help, and put on commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click
from click.shell_completion import CompletionItem

from synthgen.resources import spec_files

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class SectionedOption(click.Option):
    """An option that stands under a heading in the help."""

    def __init__(self, *names: Any, section: str, **attributes: Any) -> None:
        super().__init__(*names, **attributes)
        self.section = section


class SectionedCommand(click.Command):
    """A command whose help lists options under their headings."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        sections: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            is_option = isinstance(param, click.Option)
            if is_option and (record := param.get_help_record(ctx)) is not None:
                sections.setdefault(getattr(param, "section", "Other"), []).append(record)
        for section, records in sections.items():
            with formatter.section(section):
                formatter.write_dl(records)


def spec_names(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the names of specs, and paths as the shell does."""
    names = [CompletionItem(name) for name in spec_files() if name.startswith(incomplete)]
    return names or [CompletionItem(incomplete, type="file")]


def section(title: str, *options: tuple[tuple[str, ...], dict[str, Any]]) -> list[Decorator]:
    return [click.option(*names, cls=SectionedOption, section=title, **rest) for names, rest in options]


def option(*names: str, **attributes: Any) -> tuple[tuple[str, ...], dict[str, Any]]:
    return names, attributes


def put(function: Callable[..., Any], options: Sequence[Decorator]) -> Callable[..., Any]:
    for option in reversed(options):
        function = option(function)
    return function
