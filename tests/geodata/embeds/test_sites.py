"""The list of sites that may frame our maps."""

import pytest
from sqlalchemy import select

from geodata.embeds.sites import add_site, listed, origins, remove_site
from geodata.errors import ConflictError, NotFoundError, ParameterError
from geodata.store import Store
from geodata.tables import AuditEvent


def test_a_site_is_added_once_and_noted(any_store: Store) -> None:
    with any_store.writing() as session:
        add_site(session, "WWW.example.org/a", label="示例 网站", asked_by="示例区总工会", by="甲")
    with any_store.writing() as session, pytest.raises(ConflictError, match="已经在名单里了"):
        add_site(session, "https://www.example.org", label="", asked_by="", by="甲")
    with any_store.reading() as session:
        assert origins(session) == ("https://www.example.org",)
        (event,) = session.scalars(select(AuditEvent))
        (site,) = listed(session)
        assert (event.by, event.action, event.record_table, event.record_id) == (
            "甲",
            "embed_site.add",
            "embed_site",
            site.id,
        )
        assert event.detail == {
            "origin": "https://www.example.org",
            "label": "示例 网站",
            "asked_by": "示例区总工会",
        }


def test_a_site_that_is_removed_is_gone_and_noted(store: Store) -> None:
    with store.writing() as session:
        add_site(session, "https://a.example", label="", asked_by="", by="甲")
        (site,) = listed(session)
        assert remove_site(session, site.id, by="乙") == "https://a.example"
    with store.writing() as session, pytest.raises(NotFoundError):
        remove_site(session, 1, by="乙")
    with store.reading() as session:
        assert origins(session) == ()
        noted = session.scalars(select(AuditEvent).order_by(AuditEvent.id))
        assert [(one.by, one.action) for one in noted] == [
            ("甲", "embed_site.add"),
            ("乙", "embed_site.remove"),
        ]


def test_a_text_that_is_too_long_is_refused(store: Store) -> None:
    with store.writing() as session, pytest.raises(ParameterError, match="申请单位最多 80 个字"):
        add_site(session, "https://a.example", label="", asked_by="字" * 81, by="甲")


def test_the_list_stays_within_what_one_header_holds(store: Store) -> None:
    host = ".".join(["x" * 60] * 3)
    with store.writing() as session:
        for number in range(101):
            add_site(session, f"https://{number:03}.{host}.cn", label="", asked_by="", by="甲")
        assert len(" ".join(origins(session))) == 19_997
        with pytest.raises(ParameterError, match="名单太长了"):
            add_site(session, "https://one.more.example", label="", asked_by="", by="甲")
