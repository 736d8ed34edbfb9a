"""Every command, argument, option and exit code is documented, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from digest.cli import cli, console

PAGE = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## digest ([a-z]+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))


def parameters(command: click.Command) -> set[str]:
    """Return what a person can write after the command: option names, and the words its arguments are called by."""
    names: set[str] = set()
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            names |= set(re.findall("[A-Z]+", parameter.make_metavar(click.Context(command))))
        else:
            names |= {*parameter.opts, *parameter.secondary_opts}
    return names


def documented(section: str) -> set[str]:
    """Return the names in the first column of the section's tables of arguments and options."""
    names: set[str] = set()
    for table in re.findall(r"^\| (?:argument|option)[^\n]*\n\|[-|]+\n((?:\|[^\n]*\n)+)", section, re.MULTILINE):
        for line in table.splitlines():
            names |= set(re.findall(r"`([^`]+)`", line.split("|")[1]))
    return names


def test_every_command_has_its_section_and_its_line() -> None:
    assert list(SECTIONS) == list(cli.commands)
    for name in cli.commands:
        assert f"| [`digest {name}`](#digest-{name}) |" in PAGE


@pytest.mark.parametrize("name", list(cli.commands))
def test_every_parameter_is_documented_and_no_other(name: str) -> None:
    assert documented(SECTIONS[name]) == parameters(cli.commands[name])


@pytest.mark.parametrize("name", list(cli.commands))
def test_every_command_has_examples_that_can_be_called(name: str) -> None:
    command = cli.commands[name]
    (block,) = re.findall(r"^```\n(.*?)^```", SECTIONS[name], re.MULTILINE | re.DOTALL)
    called = 0
    for line in block.splitlines():
        for part in re.split(r" \| | > ", line):
            if part.startswith(f"digest {name}"):
                # make_context parses, and a wrong option raises; what only exists in the example is not looked up
                arguments = [a for a in part.split()[2:] if a != "-"]
                known = {option for option in parameters(command) if option.startswith("-")}
                assert {a for a in arguments if a.startswith("-")} <= known
                called += 1
    assert called


def test_exit_codes_are_documented_and_no_other() -> None:
    table = PAGE.partition("## Exit codes")[2].partition("##")[0]
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)}
    assert codes == {
        console.DONE,
        console.CANNOT,
        console.MISUSED,
        console.SKIPPED,
        console.INTERRUPTED,
        console.CLOSED,
    }


def test_every_option_says_what_it_is_for() -> None:
    for command in cli.commands.values():
        assert command.short_help
        assert command.short_help.endswith(".")
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help
