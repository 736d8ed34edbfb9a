"""The command line: ``digest build | serve | annotate | quotes | explain | check | export | new``.

A command imports what it needs when it runs, so that ``digest --help`` answers at once. Exit codes: 0 done, 1 cannot
run, 2 called wrongly, 3 finished with some inputs skipped, 130 interrupted, 141 nobody reads the output any more.
"""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

import click

from digest import __version__
from digest.cli import articles, monitor
from digest.cli.console import CLOSED, INTERRUPTED
from digest.model import DigestError


class Root(click.Group):
    """The group of all commands: the one place where an error becomes a sentence and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name the commands in the order in which a person meets them."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command. What a person can mend ends in a sentence; everything else is a bug and shows itself."""
        try:
            done = super().invoke(ctx)
            sys.stdout.flush()
        except DigestError as error:
            raise click.ClickException(str(error)) from error
        except BrokenPipeError:
            # What Python still holds for the reader that went away must not fail a second time at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(CLOSED)
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        except OSError as error:
            raise click.ClickException(f"{error.filename or 'input or output'}: {error.strerror}") from error
        return done


@click.group(cls=Root, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="digest")
def cli() -> None:
    """Turn a folder of news articles into a searchable site of who said what, how, when and where."""


for command in (
    monitor.new,
    monitor.build,
    monitor.serve,
    monitor.check,
    articles.annotate,
    articles.quotes,
    articles.explain,
    monitor.export,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line and exit."""
    for stream in (sys.stdout, sys.stderr):
        # Articles hold any script, whatever the machine's locale can write.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    cli(prog_name="digest")
