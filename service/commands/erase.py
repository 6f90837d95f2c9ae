"""`zhitu erase`: what is kept of one person, deleting it, and the proof that it was done."""

from collections.abc import Iterator, Mapping
from contextlib import closing

import click

from geodata.erasure import Proof
from geodata.erasure.erase import erase, find, wipe
from geodata.erasure.proof import proof, proofs, proofs_for
from geodata.erasure.sought import Identity
from geodata.store import Store
from maps.words import Language, Words
from service.settings import Settings
from service.terminal import say

BY = "命令行"
_WORDS = Words(Language("zh"))


@click.command("erase")
@click.argument("person", nargs=-1)
@click.option("--find", "only_find", is_flag=True, help="只查有没有、在哪里，不删（本人来问时用）")
@click.option("--yes", is_flag=True, help="不再问，直接删")
@click.option("--by", default=BY, show_default=True, help="谁删的（岗位，不写姓名）")
@click.option("--receipt", "number", help="再打一次这个编号的删除凭证")
@click.option("--list", "listing", is_flag=True, help="列出全部删除凭证")
@click.pass_obj
def erase_(
    settings: Settings,
    person: tuple[str, ...],
    *,
    only_find: bool,
    yes: bool,
    by: str,
    number: str | None,
    listing: bool,
) -> None:
    """删除一个人的姓名、手机、邮箱：PERSON 写手机号或邮箱，可以再加姓名。

    不写 PERSON 就会问，这样不会留在命令历史里。以前送来的文件、备份再导入，也不会带回来。
    """
    # In another folder there is no database, and "nothing found" would be untrue.
    with closing(Store.existing(settings.database, copies=settings.backups)) as store:
        if listing or number:
            say(_kept(store, number))
            return
        identity = Identity.of(person or _asked())
        counts = _found(store, identity)
        say(_told(counts))
        if not only_find and (yes or click.confirm("删掉这些，不能恢复。继续吗")):
            say(_erased(store, identity, by))


def _asked() -> list[str]:
    return str(click.prompt("手机号、邮箱、姓名（空格分开）", hide_input=True)).split()


def _kept(store: Store, number: str | None) -> Iterator[str]:
    with store.reading() as session:
        if number:
            yield from receipt(proof(session, number))
            return
        for one in proofs(session):
            yield f"{one.number}　{one.at:%Y-%m-%d %H:%M} UTC　{one.total} 条　{one.by}"


def _found(store: Store, identity: Identity) -> Mapping[str, int]:
    with store.reading() as session:
        for before in proofs_for(session, identity.numbers):
            click.echo(f"这个人 {before.at:%Y-%m-%d} 删除过，凭证 {before.number}。")
        return find(session, identity)


def _told(counts: Mapping[str, int]) -> Iterator[str]:
    yield f"找到 {sum(counts.values())} 条：" if counts else "没有找到这个人的数据。"
    for table, rows in sorted(counts.items()):
        yield f"  {table_name(table)}　{rows} 条"


def _erased(store: Store, identity: Identity, by: str) -> Iterator[str]:
    done = erase(store.engine, identity, by=by)
    wiped = wipe(store.engine)
    yield from receipt(done)
    if not wiped:
        yield (
            "数据库正忙，或者磁盘放不下，删掉的内容还留在文件的空白处：没人用时再运行一次这条命令。"
        )


def receipt(done: Proof) -> Iterator[str]:
    """The proof as one page of text; nothing in it is personal."""
    yield f"个人信息删除凭证　{done.number}"
    yield f"时间：{done.at:%Y-%m-%d %H:%M} UTC　经办：{done.by or '系统'}"
    yield f"删除或改写 {done.total} 条：" if done.counts else "没有找到这个人的数据，没有删除什么。"
    for table, rows in sorted(done.counts.items()):
        yield f"  {table_name(table)}　{rows} 条"
    yield "数据库里只留下号码的加密摘要，用来防止再次导入；姓名、手机、邮箱都不留。"
    yield "更早的备份到期才清；从备份恢复时，程序会再删一次。"


def table_name(table: str) -> str:
    """A table in words."""
    return _WORDS(f"erased_{table}")
