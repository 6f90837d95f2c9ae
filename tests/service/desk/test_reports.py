"""The page of files to take along."""

from html import unescape
from re import findall

from flask.testing import FlaskClient

PAGE = "/desk/reports"


def links(page: str) -> dict[str, str]:
    return {
        text: href for href, text in findall(r'href="([^"]+)" download>([^<]+)<', unescape(page))
    }


def test_every_link_of_the_page_leads_to_a_file(planner: FlaskClient) -> None:
    for name, href in links(planner.get(PAGE).text).items():
        answer = planner.get(href)
        assert (name, answer.status_code) == (name, 200)
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")


def test_a_link_names_the_file_and_the_format(planner: FlaskClient) -> None:
    found = links(planner.get(PAGE).text)
    assert found["点位（Excel）"] == "/desk/exports/points.xlsx"
    assert found["公开点位（GeoPackage）"] == "/exports/points.gpkg"
    assert found["收录文件（csv）"] == "/desk/reports/listings/submission.csv"
    assert next(iter(found)) == "点位（Excel）"


def test_the_page_is_read_in_english_too(planner: FlaskClient) -> None:
    assert "Service points (Excel)" in links(planner.get(f"{PAGE}?lang=en").text)
