"""The command line: ``digest`` and its commands, from ``new`` to ``fit``.

A command imports what it needs when it runs, so that ``digest --help`` answers at once. Exit codes: 0 done, 1 cannot
run, 2 called wrongly, 3 finished with some inputs skipped, 130 interrupted, 141 nobody reads the output any more.
"""

from __future__ import annotations

import sys

import click

from digest import __version__
from digest.cli import articles, collecting, fitted, measured, monitor
from digest.cli.console import CANNOT, CLOSED, INTERRUPTED, drop_output, open_streams, plain, say
from digest.model import DigestError
from digest.writing import sentence


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
            raise click.ClickException(plain(str(error))) from error
        except BrokenPipeError:
            drop_output()
            ctx.exit(CLOSED)
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        except OSError as error:
            drop_output()
            raise click.ClickException(sentence(error)) from error
        return done


@click.group(cls=Root, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="digest")
def cli() -> None:
    """Turn a folder of news articles into a searchable site of who said what, how, when and where."""


for command in (
    monitor.new,
    collecting.collect,
    monitor.build,
    monitor.serve,
    monitor.check,
    monitor.curate,
    articles.annotate,
    articles.quotes,
    articles.explain,
    monitor.export,
    measured.evaluate,
    fitted.fit,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line and exit."""
    open_streams()
    try:
        cli(prog_name="digest")
    except OSError as error:  # from printing --help or --version, which is no command
        drop_output()
        say(f"Error: {sentence(error)}")
        sys.exit(CANNOT)
