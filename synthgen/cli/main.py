"""The command `synthgen`: a table of commands, each loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import click
from click.shell_completion import CompletionItem

from synthgen import __version__
from synthgen.cli.door import PROGRAM, pass_through

# Name -> module, attribute, what it does. Nothing of a command is imported to show this table.
COMMANDS = {
    "generate": ("synthgen.cli.generate", "generate", "Make pairs or conversations by topic quota."),
    "summarize": ("synthgen.cli.summarize", "summarize", "Make question-and-answer rows of transcripts."),
    "annotate": ("synthgen.cli.annotate", "annotate", "Label sessions and turns of a run or a file."),
    "judge": ("synthgen.cli.judge", "judge", "Score the rows of a run or a file by a rubric."),
    "evaluate": ("synthgen.cli.evaluate", "evaluate", "Compare models or datasets on the same questions."),
    "transcripts": ("synthgen.cli.transcripts", "transcripts", "Show what is understood of transcripts."),
    "dedup": ("synthgen.cli.dedup", "dedup", "Drop near duplicates and evaluation rows from files."),
    "export": ("synthgen.cli.export", "export_", "Write rows as trainers and hubs read them."),
    "push": ("synthgen.cli.push", "push_", "Put a run or an export on the Hugging Face Hub."),
    "topics": ("synthgen.cli.topics", "topics", "List, show, check and begin topic specs."),
    "filter": ("synthgen.cli.filter", "filter_", "Put the rows of a file through a spec's filters."),
    "reparse": ("synthgen.cli.reparse", "reparse", "Read a run's stored answers again by today's filters."),
    "report": ("synthgen.cli.report", "report", "Show what a run or a file is like, as one page."),
    "runs": ("synthgen.cli.runs", "runs", "List runs and show how they stand."),
    "why": ("synthgen.cli.why", "why", "Tell where a row came from, or why it was dropped."),
}


class CommandTable(click.Group):
    """A group whose commands are in `COMMANDS`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        found = [CompletionItem(name, help=line) for name, (_, _, line) in COMMANDS.items()]
        options = click.Command.shell_complete(self, ctx, incomplete)
        return [item for item in found if item.value.startswith(incomplete)] + options


@click.command(
    cls=CommandTable,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done, 1 a told error, 2 usage, 3 a bug, 4 rows are lacking, 130 interrupted.",
)
@click.version_option(__version__, prog_name=PROGRAM, message="%(prog)s %(version)s")
def cli() -> None:
    """Make training-ready synthetic dialogues by exact quota.

    \b
    synthgen generate --topics 33 --n 33     a first try, on a small model in process
    synthgen topics new my_topics.yaml       your own domain
    """


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line (`sys.argv` by default) and return its exit code."""
    return pass_through(cli, args)
