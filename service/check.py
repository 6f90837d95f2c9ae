"""`zhitu check`: is everything there that the service needs?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import func, select, text

from geodata import schema
from geodata.accounts.book import everyone
from geodata.errors import ZhituError
from geodata.place.district import load_districts, load_towns
from geodata.store import Store
from geodata.tables import DemandSite, LunchOutlet, Place, ServicePoint
from maps.assets import leaflet_version
from service.settings import Settings
from service.sources import gazetteers_told, geocoders_told
from service.workshop import walking


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and what to do when it is not right."""

    what: str
    good: bool
    detail: str


def findings(settings: Settings) -> Iterator[Finding]:
    """All checks in order; a later one runs even when an earlier one failed."""
    checks: tuple[tuple[str, Callable[[Settings], str]], ...] = (
        ("数据库", _database),
        ("库中数据", _contents),
        ("区界与街镇", _boundaries),
        ("地名库", gazetteers_told),
        ("在线地理编码", geocoders_told),
        ("步行路网", _network),
        ("地图资源", _assets),
        ("规划登录", _sign_in),
    )
    for what, look in checks:
        try:
            yield Finding(what, good=True, detail=look(settings))
        except ZhituError as error:
            yield Finding(what, good=False, detail=str(error))


def _database(settings: Settings) -> str:
    store = Store.open(settings.database)
    try:
        with store.reading() as session:
            if store.engine.dialect.name == "sqlite":
                verdict = session.scalar(text("PRAGMA integrity_check"))
                if verdict != "ok":
                    raise ZhituError(f"文件已损坏（{verdict}），请用备份恢复。")
                engine = "SQLite 文件完整"
            else:
                engine = f"PostGIS {session.scalar(text('SELECT postgis_lib_version()'))}"
    finally:
        store.close()
    shown = store.engine.url.render_as_string(hide_password=True)
    return f"{engine}，结构版本 {schema.newest()}，{shown}"


def _contents(settings: Settings) -> str:
    store = Store.open(settings.database)
    try:
        with store.reading() as session:
            counts = [
                session.scalar(select(func.count()).select_from(table))
                for table in (Place, ServicePoint, DemandSite, LunchOutlet)
            ]
    finally:
        store.close()
    return "{} 处地点，{} 项服务，{} 处园区楼宇商圈，{} 处午餐点".format(*counts)


def _boundaries(_settings: Settings) -> str:
    return f"{len(load_districts().names)} 个区，{len(load_towns())} 个街镇"


def _network(settings: Settings) -> str:
    return walking(settings.network).describe()


def _assets(_settings: Settings) -> str:
    return f"Leaflet {leaflet_version()} 在本机，不连外网"


def _sign_in(settings: Settings) -> str:
    store = Store.open(settings.database)
    try:
        with store.reading() as session:
            active = sum(account.active for account in everyone(session))
    finally:
        store.close()
    told = [f"{active} 个可用的账号"]
    told += ["内置账号 admin 有口令"] if settings.planner_password else []
    told += [f"{settings.oidc.name}（{settings.oidc.issuer}）"] if settings.oidc else []
    if not active and not settings.planner_password:
        told.append("规划页面谁也进不去；要用请 zhitu account add，或设 ZHITU_PLANNER_PASSWORD")
    return "，".join(told)
