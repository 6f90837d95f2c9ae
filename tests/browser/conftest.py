"""A running service with hostile names in it, and a Chromium that reports all it should not do."""

import io
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from socket import SHUT_RD, socket
from threading import Lock, Thread
from time import monotonic
from typing import NoReturn
from urllib.parse import urlsplit

import pytest
from flask import Flask
from openpyxl import Workbook
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
    expect,
    sync_playwright,
)
from werkzeug.serving import ThreadedWSGIServer

from geodata.declared import (
    DeclaredPlace,
    DeclaredService,
    DeclaredSite,
    ImportedFile,
    Placed,
    Source,
)
from geodata.kinds import Clinic, Kind, SiteKind, Status, Tier
from geodata.model import Level, Position
from geodata.store import Store
from service.app import create_app
from service.jobs.runner import Runner, works
from service.settings import Settings

# It ends what hangs and measures nothing. To begin a process of its own, as an import or the copy
# of a form does, took 40 seconds on two cores that twenty others wanted.
PATIENCE_S = 120.0
expect.set_options(timeout=PATIENCE_S * 1000.0)
CHROMIUM = Path(os.environ.get("ZHITU_CHROMIUM", "/usr/bin/chromium"))
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PASSWORD = "一个口令"
HOSTILE = "<img src=x onerror=alert(1)></script>${alert(1)}`&amp;"
PLACES = (
    ("示例・大世界驿站", Kind.OUTDOOR_STATION, 121.4745, 31.2290, 90.0),
    ("福州路休息室", Kind.REST_ROOM, 121.4810, 31.2349, 300.0),
    (HOSTILE, Kind.HEALTH_POINT, 121.5960, 31.2050, 90.0),
    ("安亭健身驿站", Kind.FITNESS_STATION, 121.1600, 31.2900, 90.0),
)


def _record(row: int, place: tuple[str, Kind, float, float, float]) -> Placed:
    name, kind, lon, lat, error_m = place
    service = DeclaredService(kind, "", Status.PLAQUED, Tier.OTHER, hours_text=name[:2] * 2)
    source = Source("示例.xlsx", "表1", row, {}, "stations")
    declared = DeclaredPlace(name, f"测试路{row}号", "黄浦区", "", (service,), source)
    return Placed(declared, None, Position(lon, lat, Level.NUMBER, error_m, "测试"), "黄浦区")


def _site() -> Placed:
    source = Source("示例.xlsx", "表2", 1, {}, "demand_sites")
    site = DeclaredSite(
        HOSTILE,
        SiteKind.PARK,
        "测试路1号",
        "金山区",
        "",
        source,
        workers=2000,
        clinic=Clinic.NONE,
    )
    return Placed(site, None, Position(121.2, 30.8, Level.NUMBER, 90.0, "测试"), "金山区")


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path_factory.mktemp('browser') / 'zhitu.sqlite'}")
    found = tuple(_record(row, place) for row, place in enumerate(PLACES, start=1))
    opened.publish(ImportedFile("示例.xlsx", "0" * 64, (*found, _site()), 5, 0, ("stations",)))
    yield opened
    opened.close()


@dataclass(frozen=True)
class FaultyForm:
    """A filled form and what its faulty cells should have held."""

    data: bytes
    rows: int
    mended: dict[str, str]


REST_ROOM_HEAD = (
    *("序号", "休息室名称", "行政区", "街镇", "具体门牌号", "联系人", "手机号码", "邮箱"),
    *("休息室所属单位", "面积", "提供设施及服务", "企业数", "职工数", "计划完成时间"),
)


@pytest.fixture(scope="session")
def faulty_form() -> FaultyForm:
    """The 2024 form of rest rooms with sixty rows, three of their cells at fault."""
    mended = {"火星区": "黄浦区", "三十多吧": "35", "很多人": "80"}
    book = Workbook()
    sheet = book.active
    sheet.append(["2024年建设改善“职工工间休息室”申报汇总表"])
    sheet.append(REST_ROOM_HEAD)
    for n in range(1, 61):
        row = [n, f"示例・第{n}休息室", "黄浦区", "外滩街道", f"福州路{100 + n}号", "金丝雀"]
        row += ["13812345678", "a@example.org", "示例・某公司", 20 + n, "空调、饮水机", 3, 60]
        sheet.append([*row, "2024年9月底"])
    sheet["C10"], sheet["J20"], sheet["M40"] = mended
    written = io.BytesIO()
    book.save(written)
    return FaultyForm(written.getvalue(), 60, mended)


@contextmanager
def _working(settings: Settings, store: Store) -> Iterator[None]:
    workers = Runner(store, works(settings, store), pause_s=0.1)
    workers.start()
    try:
        yield
    finally:
        workers.stop()


class _Server(ThreadedWSGIServer):
    """Over when its last answer is given: a store must not close under one.

    Browsers hold connections open that they may need, so those are told that no more is read.
    """

    daemon_threads = False
    block_on_close = True

    def __init__(self, app: Flask) -> None:
        super().__init__("127.0.0.1", 0, app)
        self._lock, self._open = Lock(), set[socket]()

    def process_request(self, request: socket, client_address: object) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        with self._lock:
            for connection in self._open:
                with suppress(OSError):  # the other side was quicker
                    connection.shutdown(SHUT_RD)
        super().server_close()


@contextmanager
def _served(store: Store, *, workers: bool = False, **environ: str) -> Iterator[str]:
    # What is done in a process of its own opens the database that the settings name.
    url = store.engine.url.render_as_string(hide_password=False)
    given = {"ZHITU_DATABASE": url, "ZHITU_PLANNER_PASSWORD": PASSWORD, **environ}
    settings = Settings.from_environment(given)
    server = _Server(create_app(settings, store))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        with _working(settings, store) if workers else nullcontext():
            yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


Serve = Callable[..., AbstractContextManager[str]]


@pytest.fixture(scope="session")
def serve() -> Serve:
    """Serves a store while its block lasts: `with serve(store, workers=True, ZHITU_X="1")`.

    The block gets the address, on a port of its own; loopback, where browsers give a position.
    """
    return _served


@pytest.fixture(scope="session")
def password() -> str:
    """What `admin` signs in with."""
    return PASSWORD


@pytest.fixture(scope="session")
def address(store: Store, serve: Serve) -> Iterator[str]:
    with serve(store, workers=True) as address:
        yield address


@pytest.fixture(scope="session")
def browser(lacking: Callable[[str, str], NoReturn]) -> Iterator[Browser]:
    if not CHROMIUM.exists():
        lacking("browser", "install chromium and fonts-noto-cjk")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield opened
        opened.close()


@dataclass
class Visit:
    """A page and what went wrong on it: foreign requests, console errors, dialogs."""

    page: Page
    address: str
    scripts: bool = True
    faults: list[str] = field(default_factory=list)
    waiting: set[Request] = field(default_factory=set)

    def watch(self) -> "Visit":
        self.page.on("request", self._asked)
        self.page.on("requestfinished", self._answered)
        self.page.on("requestfailed", self._answered)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("dialog", self._interrupted)
        return self

    def go(self, path: str) -> Page:
        self.page.goto(self.address + path)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the page is drawn, has nothing left to do and waits for no answer.

        Twice in a row, for what is done at leisure may ask. The half second without a request
        that Playwright calls idle is most of what a hundred pages take.
        """
        calm, end = 0, monotonic() + PATIENCE_S
        while self.scripts and calm < 2:
            self.page.evaluate(AT_LEISURE)
            calm = 0 if self.waiting else calm + 1
            assert monotonic() < end, [request.url for request in self.waiting]

    def sign_in(self, then: str = "") -> Page:
        """Sign in and go to the page one is led to, or to `then`."""
        self.go(f"/sign-in?next={then}" if then else "/sign-in")
        self.page.fill("#password", PASSWORD)
        with self.leading():
            self.page.click("form .button")
        return self.page

    def until(self, holds: Callable[[], bool]) -> None:
        """Let the page go on until something is so that no selector tells."""
        end = monotonic() + PATIENCE_S
        while not holds():
            assert monotonic() < end
            self.page.wait_for_timeout(20)

    @contextmanager
    def leading(self) -> Iterator[None]:
        """A block that leads to another page; over when that one is settled.

        A click alone may be over before its form is sent, and what is read then is the old page.
        """
        with self.page.expect_navigation():
            yield
        self.settle()

    def _asked(self, request: Request) -> None:
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            self.waiting.clear()  # what the page before waited for comes no more
        self.waiting.add(request)
        parts = urlsplit(request.url)
        ours = f"{parts.scheme}://{parts.netloc}" == self.address
        if not ours and parts.scheme not in {"data", "file"}:
            self.faults.append(f"request: {request.url}")

    def _answered(self, request: Request) -> None:
        self.waiting.discard(request)

    def _interrupted(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()  # else the page stands still

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"console: {message.text}")


# Scripts of ours do what can wait when a frame is drawn and nobody is waiting.
AT_LEISURE = """() => new Promise((done) =>
  requestAnimationFrame(() => requestIdleCallback(done, { timeout: 2000 })))"""
Open = Callable[..., Visit]


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Opens phone (390 wide) or desktop pages; options go to the browser context."""
    contexts = []

    def opened(device: str = "phone", *, width: int = 390, **options: object) -> Visit:
        phone = device == "phone"
        size = {"width": width, "height": 844} if phone else {"width": 1440, "height": 900}
        context = browser.new_context(
            viewport=size, is_mobile=phone, has_touch=phone, locale="zh-CN", **options
        )
        context.set_default_timeout(PATIENCE_S * 1000.0)
        contexts.append(context)
        scripts = options.get("java_script_enabled", True) is True
        return Visit(context.new_page(), address, scripts).watch()

    yield opened
    for context in contexts:
        context.close()
