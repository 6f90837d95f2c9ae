"""The `zhitu` command."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geodata.errors import ZhituError
from service.commands import COMMANDS, load
from service.serving.encoding import in_utf8
from service.serving.stopping import ending_in_good_order

if TYPE_CHECKING:
    from sqlalchemy.exc import SQLAlchemyError

_AWAY = "数据库正忙，或者一时连不上：这一步没有做完，没做完的没有存。请过一会儿再试。"


class Commands(click.Group):
    """Loads the command that is asked for; what a user can act on is one sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        return load(cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ZhituError as error:
            raise click.ClickException(str(error)) from error
        except _of_database() as error:
            from geodata.outages import passes  # noqa: PLC0415

            if not passes(error):
                raise
            raise click.ClickException(_AWAY) from error


def _of_database() -> tuple[type["SQLAlchemyError"], ...]:
    # What has not loaded it cannot have raised it.
    loaded = sys.modules.get("sqlalchemy.exc")
    return (loaded.SQLAlchemyError,) if loaded else ()


@click.group(cls=Commands)
@click.version_option(package_name="zhitu", message="%(version)s", help="只显示版本")
@click.option(
    "--database", help="数据库：sqlite:///文件 或 postgresql://…（默认取 ZHITU_DATABASE）"
)
@click.option(
    "--settings",
    "file",
    type=click.Path(path_type=Path),
    help="设置文件（TOML；默认取 ZHITU_SETTINGS）",
)
@click.pass_context
def main(ctx: click.Context, /, *, database: str | None, file: Path | None) -> None:
    """职图：工会服务站点在哪里，谁还没有被服务到。"""
    # Here, because the list of commands and a mistyped one need neither.
    from service.settings import Settings, gather  # noqa: PLC0415
    from service.terminal import never_die_of_an_encoding  # noqa: PLC0415

    in_utf8()
    never_die_of_an_encoding()
    ctx.with_resource(ending_in_good_order())
    given = gather(file=file, command_line={"ZHITU_DATABASE": database or ""})
    # What is wrong with the settings is for `check` to tell, beside everything else.
    ctx.obj = given if ctx.invoked_subcommand == "check" else Settings.of(given)
