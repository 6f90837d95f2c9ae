"""Whatever files an office hands in, an import undone leaves the database as it was."""

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from geodata.declared import (
    Contact,
    Declared,
    DeclaredApplication,
    DeclaredPlace,
    DeclaredRequirement,
    DeclaredService,
    DeclaredSite,
    DeclaredWorkers,
    Placed,
    Source,
)
from geodata.kinds import Clinic, Kind, SiteKind, Status, Tier, Works
from geodata.model import Coordinates, Datum, Level, Position, Reason, Unlocated
from geodata.place.address import parse
from geodata.place.candidate import Candidate, Doubt, Verdict
from geodata.store import Store
from geodata.storing.incoming import Refusal
from geodata.storing.undo import undo
from geodata.tables import Base, ImportRun

ABOUT_RUNS = {"import_run", "import_made", "import_before", "data_version", "audit_event"}
HERE = Position(121.47, 31.23, Level.NUMBER, 90.0, "地名库")
REFUSED = Refusal(True, {"sheet": "", "row": 9, "reason": "缺名称", "cells": [["地址", "甲路1号"]]})
SHA = iter(range(1_000_000))


def source(number: int) -> Source:
    return Source("站点.csv", "", number, {"name": ("1", "某")}, "stations")


def everything(store: Store) -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables but those about the runs themselves."""
    with store.reading() as session:
        return {
            of.name: [
                dict(row)
                for row in session.execute(select(of).order_by(*of.primary_key)).mappings()
            ]
            for of in Base.metadata.sorted_tables
            if of.name not in ABOUT_RUNS
        }


class Office:
    """An office whose forms say something else every time."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.codes: set[str] = set()

    def file(self, rows: int = 14) -> list[Placed]:
        self.codes = {f"沪-{letter}" for letter in "甲乙丙丁"}
        make = [self._place] * 6 + [self._site] * 2 + [self._workers, self._entry, self._applied]
        return [self.chance.choice(make)(number) for number in range(2, rows)]

    def bring(self, store: Store) -> int:
        """Import a file; the number of the run."""
        area = store.staging
        staged = area.begin(f"{self._name('甲乙')}.csv", f"{next(SHA):064}")
        area.add(staged, 0, self.file(), [REFUSED])
        area.finish(staged, forms=["stations"], rows_refused=1, findings={})
        area.commit(staged)
        with store.reading() as session:
            return max(session.scalars(select(ImportRun.id)).all())

    def _name(self, letters: str = "甲乙丙丁") -> str:
        return self.chance.choice(letters)

    def _contacts(self) -> tuple[Contact, ...]:
        return tuple(Contact(f"金丝雀{self._name()}", "", "", "") for _ in range(2))

    def _coordinates(self) -> Coordinates | None:
        return self.chance.choice([None, Coordinates(121.4, 31.2, Datum.GCJ02)])

    def _place(self, number: int) -> Placed:
        made = [self._service() for _ in range(self.chance.choice((1, 1, 2)))]
        services = {(one.kind, one.name): one for one in made}
        declared = DeclaredPlace(
            f"{self._name()}站点",
            f"{self._name('东西')}一路{self.chance.randint(1, 3)}号",
            self.chance.choice(("黄浦区", "黄浦区", "")),
            self.chance.choice(("", "外滩街道")),
            tuple(services.values()),
            source(number),
            coordinates=self._coordinates(),
            contacts=self._contacts(),
        )
        return self._placed(declared, declared.address)

    def _service(self) -> DeclaredService:
        pick, letter = self.chance.choice, self._name()
        code = pick(("", f"沪-{letter}"))
        coded = code in self.codes
        self.codes.discard(code)
        return DeclaredService(
            kind=Kind.OUTDOOR_STATION if coded else pick((Kind.OUTDOOR_STATION, Kind.MOTHERS_ROOM)),
            name=f"{letter}站点",
            status=pick((Status.PLAQUED, Status.DECLARED, Status.BUILDING)),
            tier=Tier.OTHER,
            official_code=code if coded else "",
            works=pick((None, Works.NEW)),
            hours_text=pick(("", "9:00-17:00", "24小时")),
            due_on=pick((None, date(2026, 1, 1), date(2027, 1, 1))),
            facilities=pick(((), ("微波炉",))),
            area_m2=pick((None, 20.0, 25.5)),
            extra=pick(({}, {"备": "注"})),
        )

    def _site(self, number: int) -> Placed:
        pick = self.chance.choice
        declared = DeclaredSite(
            f"{self._name()}园",
            SiteKind.PARK,
            f"南路{self.chance.randint(1, 2)}号",
            "黄浦区",
            "",
            source(number),
            workers=pick((None, 300, 1200)),
            clinic=pick((Clinic.NONE, Clinic.UNKNOWN)),
            contacts=self._contacts(),
        )
        return self._placed(declared, declared.address)

    def _workers(self, number: int) -> Placed:
        town, count = self._name(), self.chance.randint(1, 9)
        return self._area(DeclaredWorkers("黄浦区", town, "", count, 2023, source(number)))

    def _entry(self, number: int) -> Placed:
        where = (f"{self._name()}站", Kind.SERVICE_STATION, "黄浦区", "", source(number))
        return self._area(DeclaredRequirement(*where, notes=self._name()))

    def _applied(self, number: int) -> Placed:
        heads = self.chance.randint(1, 50)
        where = (f"{self._name()}工会", "1", heads, "3月", "黄浦区", source(number))
        return self._area(DeclaredApplication(*where, contacts=self._contacts()))

    def _area(self, declared: Declared) -> Placed:
        return Placed(declared, None, Unlocated(Reason.NOT_FOUND), "黄浦区")

    def _placed(self, declared: Declared, address: str) -> Placed:
        pick = self.chance.choice
        spot = replace(HERE, lon=121.4 + self.chance.randint(0, 3) / 1e3)
        outcome = pick((spot, spot, spot, Unlocated(Reason.AMBIGUOUS)))
        verdict = pick((Verdict.ACCEPT, Verdict.ACCEPT, Verdict.REVIEW))
        known = tuple(Candidate(spot, f"{self._name()}库") for _ in range(pick((0, 0, 1, 2))))
        doubts = (Doubt.LOW_LEVEL,) if verdict is Verdict.REVIEW else ()
        return Placed(declared, parse(address), outcome, "黄浦区", (), verdict, doubts, known)


@pytest.mark.parametrize("seed", range(4))
def test_an_import_undone_leaves_the_database_as_it_was(any_store: Store, seed: int) -> None:
    office = Office(seed)
    for _ in range(6):
        before = everything(any_store)
        run = office.bring(any_store)
        assert everything(any_store) != before
        version = any_store.version()
        undo(any_store, run, by="规划员")
        assert everything(any_store) == before
        assert any_store.version() > version
        office.bring(any_store)
