"""The commands of `zhitu` by subject; `service.cli` adds them to its own."""

import click

COMMANDS: tuple[click.Command, ...] = ()
