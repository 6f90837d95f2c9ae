"""`zhitu form`: which forms are read, and blank ones to fill in."""

from pathlib import Path

import click

from geodata.errors import ParameterError, SettingsError
from importers.form import Form
from importers.forms import FORMS
from importers.handback.templates import write_template

_ALL = "all"


@click.group()
def form() -> None:
    """表格：认得哪些表，空白表在哪里。"""


@form.command("list")
def list_() -> None:
    """列出认得的表和它们的代号。"""
    width = max(len(one.code) for one in FORMS)
    for one in FORMS:
        click.echo(f"{one.code:<{width}}  {one.title}")


@form.command()
@click.argument("code")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="写到哪个文件或目录")
def template(code: str, out: Path) -> None:
    """写一份空白表（xlsx，带下拉列表）；CODE 是代号，all 是全部，这时 --out 是目录。"""
    if code != _ALL:
        write_template(_form(code), out)
        click.echo(f"已写空白表 {out}")
        return
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"建不了目录 {out}：{error.strerror}。请换一个目录。") from error
    for one in FORMS:
        write_template(one, out / f"{one.code}.xlsx")
    click.echo(f"已写 {len(FORMS)} 份空白表到 {out}")


def _form(code: str) -> Form:
    found = next((one for one in FORMS if one.code == code), None)
    if found is None:
        raise ParameterError(f"没有代号为“{code}”的表：用 zhitu form list 看有哪些。")
    return found
