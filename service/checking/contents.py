"""What the database holds: told only where its schema is the program's own."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from geodata.accounts.book import everyone
from geodata.keeping import last_backup
from geodata.looking import is_current, looking, sqlite_file
from geodata.moments import BEIJING_TIME, utc_now
from geodata.tables import AuditEvent, DemandSite, ImportRun, LunchOutlet, Place, ServicePoint
from service.checking.finding import Finding, doubt, good, wrong
from service.settings import Settings

_OLD = timedelta(days=2)
# Two machines' clocks, and a data file brought from another.
_AHEAD = timedelta(hours=1)


def findings(settings: Settings) -> Iterator[Finding]:
    """Counts, times, backups and accounts, as far as they can be read."""
    file = sqlite_file(settings.database)
    if file is not None and not file.exists():
        return
    with looking(settings.database) as store:
        if is_current(store):
            with store.reading() as session:
                yield _counts(session)
                yield from _ahead(session)
                yield _backup(session)
                yield _sign_in(session, settings)


def _counts(session: Session) -> Finding:
    tables = (Place, ServicePoint, DemandSite, LunchOutlet)
    counts = [session.scalar(select(func.count()).select_from(table)) for table in tables]
    told = "{} 处地点，{} 项服务，{} 处园区楼宇商圈，{} 处午餐点"
    return good("库中数据", told.format(*counts))


def _ahead(session: Session) -> Iterator[Finding]:
    """Data from the future: this clock is behind, or was ahead when they were written."""
    now = utc_now()
    times = [session.scalar(select(func.max(table.at))) for table in (ImportRun, AuditEvent)]
    newest = max((at for at in times if at), default=now)
    if newest > now + _AHEAD:
        yield wrong(
            "时钟",
            f"库里最新的记录写于 {_told(newest)}，比本机现在的时间还晚："
            "本机时钟慢了，或写的时候快了。请校准时钟。",
        )


def _backup(session: Session) -> Finding:
    last = last_backup(session)
    if last is None:
        return doubt("备份", "还没有备份：请 zhitu backup，并每天定时做一次。")
    told = f"最近一次 {_told(last.at)}，{last.file}"
    if utc_now() - last.at > _OLD:
        return doubt("备份", f"{told}，已经超过两天：请看定时备份是否还在运行。")
    return good("备份", told)


def _sign_in(session: Session, settings: Settings) -> Finding:
    active = sum(account.active for account in everyone(session))
    told = [f"{active} 个可用的账号"]
    told += ["内置账号 admin 有口令"] if settings.planner_password else []
    told += [f"{settings.oidc.name}（{settings.oidc.issuer}）"] if settings.oidc else []
    if active or settings.planner_password:
        return good("规划登录", "，".join(told))
    told.append("规划页面谁也进不去；要用请 zhitu account add，或设 ZHITU_PLANNER_PASSWORD")
    return doubt("规划登录", "，".join(told))


def _told(at: datetime) -> str:
    with suppress(OverflowError):
        return f"{at.replace(tzinfo=UTC).astimezone(BEIJING_TIME):%Y-%m-%d %H:%M}"
    return str(at)
