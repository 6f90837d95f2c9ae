"""What the database knows, looked up when it is asked for: the same from every process."""

from collections.abc import Callable, Iterator
from datetime import UTC

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from geodata.accounts.tries import WINDOW
from geodata.jobs.model import State
from geodata.keeping import last_backup
from geodata.moments import utc_now
from geodata.outages import passes
from geodata.place.online.clock import Clock
from geodata.place.online.registry import Configured
from geodata.store import Store
from geodata.tables import (
    AuditEvent,
    DataVersion,
    GeocodeSend,
    ImportRun,
    Job,
    ServicePoint,
    SignInTry,
)

# Changes of these by a person are changes of what screens show.
_SHOWN = ("decision", "demand_site", "import_run", "lunch_outlet", "place", "service_point")


class Figures(Collector):
    """Reads everything in one view of the database; without one, says only that."""

    def __init__(self, store: Store, geocoders: tuple[Configured, ...]) -> None:
        self._store = store
        self._geocoders = geocoders

    def describe(self) -> list[Metric]:
        """Nothing is promised: to say what there is the database would have to be there."""
        return []

    def collect(self) -> Iterator[Metric]:
        found: list[Metric] = []
        try:
            with self._store.reading() as session:
                found = [figure(session) for figure in _FIGURES]
                found.append(_quota_left(session, self._geocoders))
        except SQLAlchemyError as error:
            if not passes(error):
                raise
            found = []
        yield _gauge("database_up", "Whether the database answered.", float(bool(found)))
        yield from found


def _import_rows(session: Session) -> Metric:
    told = CounterMetricFamily(
        "zhitu_import_rows", "Rows of files taken in, by what became of them.", labels=["outcome"]
    )
    columns = {
        "new": ImportRun.new,
        "changed": ImportRun.changed,
        "same": ImportRun.same,
        "refused": ImportRun.rows_refused,
    }
    sums = session.execute(select(*(func.sum(each) for each in columns.values()))).one()
    for outcome, total in zip(columns, sums, strict=True):
        told.add_metric([outcome], float(total or 0))
    return told


def _geocodes(session: Session) -> Metric:
    told = CounterMetricFamily(
        "zhitu_geocoder_calls",
        "Addresses sent to a geocoder, by what came back.",
        labels=["provider", "outcome"],
    )
    sends = GeocodeSend.provider, GeocodeSend.outcome
    for provider, outcome, count in session.execute(
        select(*sends, func.count()).group_by(*sends).order_by(*sends)
    ):
        told.add_metric([provider, outcome], count)
    return told


def _quota_left(session: Session, geocoders: tuple[Configured, ...]) -> Metric:
    told = GaugeMetricFamily(
        "zhitu_geocoder_quota_left",
        "Addresses that may still be sent today, where a limit is set.",
        labels=["provider"],
    )
    sent = select(GeocodeSend.provider, func.count()).where(GeocodeSend.day == Clock().today())
    today = {row[0]: row[1] for row in session.execute(sent.group_by(GeocodeSend.provider))}
    for each in geocoders:
        if each.limits.daily is not None:
            left = max(0, each.limits.daily - today.get(each.name, 0))
            told.add_metric([each.name], left)
    return told


def _points(session: Session) -> Metric:
    told = GaugeMetricFamily(
        "zhitu_service_points", "Service points by kind and status.", labels=["kind", "status"]
    )
    by = ServicePoint.kind, ServicePoint.status
    for kind, status, count in session.execute(
        select(*by, func.count()).group_by(*by).order_by(*by)
    ):
        told.add_metric([kind, status], count)
    return told


def _jobs(session: Session) -> Metric:
    told = GaugeMetricFamily("zhitu_jobs", "Long work, by state.", labels=["state"])
    counted = session.execute(select(Job.state, func.count()).group_by(Job.state))
    there = {row[0]: row[1] for row in counted}
    for state in State:
        told.add_metric([state.value], there.get(state.value, 0))
    return told


def _data_version(session: Session) -> Metric:
    number = session.scalar(select(DataVersion.number)) or 0
    return _gauge("data_version", "Grows with every change that screens show.", number)


def _data_age(session: Session) -> Metric:
    by_hand = select(func.max(AuditEvent.at)).where(AuditEvent.record_table.in_(_SHOWN))
    moments = (
        session.scalar(select(func.max(ImportRun.at))),
        session.scalar(select(func.max(ImportRun.undone_at))),
        session.scalar(by_hand),
    )
    last = max((moment for moment in moments if moment is not None), default=None)
    age = (utc_now() - last).total_seconds() if last else float("nan")
    return _gauge("data_age_seconds", "Since the data were last changed; NaN if never.", age)


def _sign_in_failures(session: Session) -> Metric:
    # One wrong try is a row against the account, the address and both.
    recent = select(func.count(SignInTry.at.distinct())).where(SignInTry.at > utc_now() - WINDOW)
    return _gauge(
        "sign_in_failures",
        "Wrong passwords in the last quarter of an hour.",
        session.scalar(recent),
    )


def _backup(session: Session) -> Metric:
    last = last_backup(session)
    at = last.at.replace(tzinfo=UTC).timestamp() if last else 0.0
    return _gauge("last_backup_timestamp_seconds", "When the last one was verified; 0: never.", at)


def _gauge(name: str, told: str, value: float | None) -> Metric:
    return GaugeMetricFamily(f"zhitu_{name}", told, value=value or 0.0)


_FIGURES: tuple[Callable[[Session], Metric], ...] = (
    _import_rows,
    _geocodes,
    _points,
    _jobs,
    _data_version,
    _data_age,
    _sign_in_failures,
    _backup,
)
