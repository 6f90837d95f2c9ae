"""Forty-odd hostile texts through every reader to every page: nothing runs, all show as text."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from flask.testing import FlaskClient
from playwright.sync_api import expect

from geodata.store import Store
from service.app import create_app
from service.settings import Settings
from service.workshop import import_file, locator

pytestmark = pytest.mark.browser

RUN = "window.ran=1"
PAYLOADS = (
    f"<script>{RUN}</script>",
    f"<ScRiPt>{RUN}</sCrIpT>",
    f"</script><script>{RUN}</script>",
    f"<scr<script>ipt>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<img/src=x/onerror={RUN}>",
    f'<img src="x" onerror="{RUN}">',
    f"<svg onload={RUN}>",
    f"<svg><animate onbegin={RUN} attributeName=x></svg>",
    f"<math><mtext><script>{RUN}</script></mtext></math>",
    f"<body onload={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<iframe src=javascript:parent.{RUN}>",
    f"<a href=javascript:{RUN}>点</a>",
    f"<a href=java&#9;script:{RUN}>点</a>",
    f"<form action=javascript:{RUN}><button>点</button></form>",
    f"<object data=javascript:{RUN}>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>*{background:url(//evil.example/x)}</style>",
    f'" onmouseover="{RUN}" x="',
    f"' onmouseover='{RUN}' x='",
    f'"><script>{RUN}</script>',
    f"'><img src=x onerror={RUN}>",
    f"` onmouseover=`{RUN}`",
    f"${{{RUN}}}",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
    "{{7*7}}",
    "{% raw %}{{ config }}{% endraw %}",
    "{0.__class__}",
    "%(name)s%n%x",
    f"javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"a\u2028{RUN}//",
    f"b\u2029{RUN}//",
    f"-->{RUN}<!--",
    f"]]>{RUN}<![CDATA[",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&#60;script&#62;{RUN}",
    "=HYPERLINK(\"//evil.example\",\"点\")",
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "-2+3+cmd|' /C calc'!A0",
    "\\x3cscript\\x3e\\u003cscript\\u003e",
    "</textarea></title></noscript></template>",
    "__proto__[x]=1;constructor",
    "测试\u202e站驿\u200b名",
)  # fmt: skip
HEADS = (
    *("驿站名称", "地址", "区", "街镇", "开放时间", "设施", "服务内容", "管理单位"),
    *("经度", "纬度", "坐标系"),
)


def rows(block: int) -> list[list[str]]:
    """A row a payload, which fills every column of words; each lies apart from the others."""
    return [
        [
            *(f"{text} {block}", f"测试路{block * 100 + n}号 {text}", "黄浦区", text, text, text),
            *(text, text, f"{121.40 + n * 0.002:.4f}", f"{31.20 + block * 0.01:.4f}", "WGS-84"),
        ]
        for n, text in enumerate(PAYLOADS)
    ]


def as_csv(path: Path, table: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written).writerows([list(HEADS), *table])
    path.write_text(written.getvalue(), encoding="utf-8")


def as_text(path: Path, table: list[list[str]]) -> None:
    lines = ["\t".join(row) for row in [list(HEADS), *table]]
    path.write_text("\n".join(lines), encoding="utf-8")


def as_xlsx(path: Path, table: list[list[str]]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [list(HEADS), *table]:
        sheet.append(row)
    for row in sheet.iter_rows():
        for cell in row:
            cell.data_type = "s"
    book.save(path)


def as_docx(path: Path, table: list[list[str]]) -> None:
    document = Document()
    made = document.add_table(rows=0, cols=len(HEADS))
    for row in [list(HEADS), *table]:
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = text
    document.save(path)


CARDS = "all => all.map((one) => [one.dataset.id, one.querySelector('.card-link').textContent])"
WRITERS = {"a.csv": as_csv, "b.txt": as_text, "c.xlsx": as_xlsx, "d.docx": as_docx}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("payloads")
    with closing(Store.open(f"sqlite:///{folder / 'zhitu.sqlite'}")) as store:
        for block, (name, write) in enumerate(WRITERS.items()):
            write(folder / name, rows(block))
            import_file(folder / name, store, locator(store))
        yield store


@pytest.fixture(scope="module")
def address(city: Store, serve: Callable[..., Any]) -> Iterator[str]:
    with serve(city) as address:
        yield address


@pytest.fixture(scope="module")
def client(city: Store, password: str) -> FlaskClient:
    settings = Settings.from_environment({"ZHITU_PLANNER_PASSWORD": password})
    client = create_app(settings, city).test_client()
    client.post("/sign-in", data={"login": "admin", "password": password})
    return client


class Tags(HTMLParser):
    """What of a page could run: scripts of its own, handlers, foreign and javascript addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        data = given.get("type") == "application/ld+json"
        if tag == "script" and not (given.get("src") or "").startswith("/assets/") and not data:
            self.found.append(self.get_starttag_text() or tag)
        for name, value in attrs:
            bad = (value or "").strip().lower().startswith(("javascript:", "data:", "//"))
            if name.startswith("on") or (name in {"src", "href", "action"} and bad):
                self.found.append(self.get_starttag_text() or tag)
        if tag in {"iframe", "object", "style", "video"} or (tag == "base" and "href" in given):
            self.found.append(self.get_starttag_text() or tag)


def runnable(html: str) -> list[str]:
    parser = Tags()
    parser.feed(html)
    return parser.found


def test_every_reader_takes_every_payload(city: Store) -> None:
    assert len(PAYLOADS) >= 40
    names = [place.name for place in city.snapshot().places]
    assert len(names) >= len(PAYLOADS) * len(WRITERS) - 8
    for block in range(len(WRITERS)):
        assert sum(name.endswith(f" {block}") for name in names) >= len(PAYLOADS) - 2


def test_no_page_holds_anything_that_could_run(city: Store, client: FlaskClient) -> None:
    ids = [place.id for place in city.snapshot().places]
    lists = ["/", *(f"/?page={n}" for n in range(2, 7)), "/?lang=en", "/embed", "/embed/list.html"]
    rules = [rule for rule in client.application.url_map.iter_rules() if not rule.arguments]
    desk = [rule.rule for rule in rules if rule.rule.startswith(("/desk", "/planner"))]
    records = [f"/desk/{kind}/{number}" for kind in ("points", "photos") for number in ids[:50]]
    pages = [*lists, *desk, "/planner?by=town", *records, *(f"/p/{number}" for number in ids)]
    answers = {page: client.get(page) for page in pages}
    shown = {page: answer for page, answer in answers.items() if answer.mimetype == "text/html"}
    assert {"/desk/points", "/desk/review", "/desk/erase"} <= set(shown)
    found = {page: runnable(answer.text) for page, answer in shown.items()}
    assert {page: tags for page, tags in found.items() if tags} == {}


def test_a_payload_that_is_asked_for_comes_back_as_text(client: FlaskClient) -> None:
    # Words are taken as they come, all at once; each of the others is refused and said again.
    words, refused = ("q", "town", "lang"), ("with", "kind", "district", "open", "near", "page")
    found = {}
    for text in PAYLOADS:
        taken = dict.fromkeys(words, text[:60])
        asked = [("/", taken), *(("/", {name: text}) for name in refused)]
        asked += [("/embed", taken | {"accent": text, "mode": text, "list": text})]
        asked += [("/embed", {name: text}) for name in ("v", "park", "lon", "radius")]
        asked += [("/embed/list.html", taken), ("/oembed", {"url": text}), ("/" + text, {})]
        answers = [client.get(path, query_string=query) for path, query in asked]
        pasted = dict.fromkeys(("site", "snippet", "headers"), text)
        answers.append(client.post("/embed/check", data=pasted))
        for answer in answers:
            tags = runnable(answer.text) if answer.mimetype == "text/html" else []
            found |= {(answer.request.full_path, text): tags} if tags else {}
    assert found == {}


def test_documents_are_json_and_say_so(client: FlaskClient, city: Store) -> None:
    answers = [
        client.get("/nearest?lon=121.45&lat=31.21&limit=100"),
        client.get("/clusters?bbox=121.3,31.1,121.6,31.3&z=18"),
        *(client.get(f"/places/{place.id}.json") for place in city.snapshot().places[:60]),
    ]
    kinds = {answer.content_type for answer in answers}
    assert kinds == {"application/json"}
    names = {place["name"] for place in json.loads(answers[0].text)["places"]}
    assert names <= {place.name for place in city.snapshot().places}
    assert {answer.headers["X-Content-Type-Options"] for answer in answers} == {"nosniff"}


def test_nothing_runs_in_a_browser(open_page: Callable[..., Any], city: Store) -> None:
    visit = open_page("desktop")
    names = {place.id: place.name for place in city.snapshot().places}
    shown = {place.id: place.name for place in list(city.snapshot().places)[: len(PAYLOADS)]}
    for path in ("/", "/?page=2", "/?lang=en", "/embed"):
        page = visit.go(path)
        page.wait_for_selector("#cards.is-measured")
        expect(page.locator("#cards .card")).to_have_count(40)
        cards = page.locator("#cards .card").evaluate_all(CARDS)
        assert [name for _, name in cards] == [names[int(number)] for number, _ in cards]
        assert page.evaluate("window.ran") is None
    for number, name in shown.items():
        page = visit.go(f"/p/{number}")
        assert page.locator("h1").text_content() == name
        assert page.title() == " ".join(f"{name} · 职图".split())
        assert page.evaluate("window.ran") is None
    assert visit.faults == []
