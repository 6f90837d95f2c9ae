"""The pages as they come without any script."""

from html.parser import HTMLParser

from flask.testing import FlaskClient

from geodata.declared import DeclaredSite, ImportedFile, Placed, Source
from geodata.kinds import Clinic, SiteKind
from geodata.model import Level, Position
from geodata.store import Store


class Links(HTMLParser):
    """Collects the text of elements by class."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self.wanted = wanted
        self.inside = False
        self.texts: list[str] = []

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.wanted in (dict(attrs).get("class") or "").split():
            self.inside = True
            self.texts.append("")

    def handle_endtag(self, _tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts[-1] += data


def texts(page: str, wanted: str) -> list[str]:
    parser = Links(wanted)
    parser.feed(page.partition("<template")[0])
    return parser.texts


def test_the_list_is_whole_without_scripts(client: FlaskClient) -> None:
    page = client.get("/").text
    assert sorted(texts(page, "card-link")) == [
        "张江健康服务点",
        "无址书屋",
        "示例・广场驿站",
        "福州路休息室",
    ]
    assert texts(page, "card-link")[-1] == "无址书屋"
    assert "不在地图上 1 处" in page
    assert "有名无址，或地址还没查到位置" in page


def test_forms_filter_by_text_kind_and_district(client: FlaskClient) -> None:
    assert texts(client.get("/?q=福州").text, "card-link") == ["福州路休息室"]
    assert texts(client.get("/?kind=health_point").text, "card-link") == ["张江健康服务点"]
    both = client.get("/?kind=reading_room&district=黄浦区").text
    assert texts(both, "card-link") == ["示例・广场驿站", "无址书屋"]


def test_nothing_found_says_so_and_offers_all(client: FlaskClient) -> None:
    page = client.get("/?q=月球").text
    assert "这里没有符合的站点。" in page
    assert texts(page, "ghost") == ["筛选", "去掉“月球”（4 处）", "看全部"]


def test_samples_are_called_samples(client: FlaskClient) -> None:
    assert "标“示例”的是示例数据，非真实点位" in client.get("/").text
    assert "标“示例”" not in client.get("/?q=广场").text
    assert "示例数据，非真实点位" in client.get("/?q=广场").text
    assert "示例数据，非真实点位" not in client.get("/?q=福州").text
    assert "示例数据，非真实点位" in client.get("/p/1").text


def test_hours_are_as_written_or_unknown(client: FlaskClient) -> None:
    assert texts(client.get("/?district=黄浦区").text, "card-hours") == [
        "8:00–20:00",
        "时间未知",
        "有名无址：表里没有地址",
    ]


def test_english_is_kept_in_the_links(client: FlaskClient) -> None:
    page = client.get("/?lang=en&kind=rest_room").text
    assert '<html lang="en">' in page
    assert 'href="/p/3?lang=en"' in page
    assert "Hours unknown" in page


def test_a_place_page_shows_each_service_and_the_error_circle(client: FlaskClient) -> None:
    fused, wide = client.get("/p/1").text, client.get("/p/3").text
    assert "融合型 · 2 项服务" in fused
    assert "约在圈内" not in fused
    assert "误差 ≤ 300 米，以店招为准" in wide
    assert 'data-url="/places/3.json"' in wide


def test_a_place_without_a_position_has_a_page_without_a_pin(client: FlaskClient) -> None:
    page = client.get("/p/4").text
    assert "还不知道具体位置，不在地图上" in page
    assert "有名无址：表里没有地址" in page
    assert "data-layer" not in page
    assert "uri.amap.com" not in page


def test_the_embed_takes_kinds_and_a_district(client: FlaskClient) -> None:
    page = client.get("/embed?kind=rest_room,health_point&district=310101").text
    assert texts(page, "card-link") == ["福州路休息室"]
    assert "黄浦区 1 处站点" in page


def test_the_planner_page_is_its_map_in_words(planner: FlaskClient) -> None:
    page = planner.get("/planner").text
    assert texts(page, "number-value") == ["66.7%", "1,500", "1", "1", "0", "0"]
    assert "没有培训点的区：黄浦区" in page
    assert "未落图的点位 1 处" in page


def test_the_planner_can_list_sites_and_ask_about_lunch(planner: FlaskClient) -> None:
    by_site = planner.get("/planner?by=site&radius=300").text
    lunch = planner.get("/planner?by=site&theme=lunch").text
    assert by_site.index("枫泾产业园") < by_site.index("张江科技园")
    assert "午餐难：申报与测算" in lunch
    assert 'data-url="/planner/coverage.json?by=site&amp;radius=300"' in by_site


def test_the_planner_data_carries_marks_and_classes(planner: FlaskClient) -> None:
    answer = planner.get("/planner/coverage.json?radius=1000")
    data = answer.get_json()
    classes = {row["name"]: row["class"] for row in data["districts"]}
    assert {site["name"]: site["mark"] for site in data["sites"]} == {
        "张江科技园": "covered",
        "枫泾产业园": "p1",
    }
    assert (classes["浦东新区"], classes["金山区"], classes["黄浦区"]) == ("s4", "s0", "none")
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_planner_sees_what_was_published_since_his_last_look(
    planner: FlaskClient, city: Store
) -> None:
    assert texts(planner.get("/planner").text, "number-value")[:2] == ["66.7%", "1,500"]
    park = DeclaredSite(
        "新园区", SiteKind.PARK, "", "金山区", "", Source("新.csv", "", 2, {}, "demand_sites"),
        workers=1500, clinic=Clinic.NONE,
    )  # fmt: skip
    here = Position(121.0110, 30.8900, Level.NUMBER, 90.0, "测试")
    placed = (Placed(park, None, here, "金山区"),)
    city.publish(ImportedFile("新.csv", "2" * 64, placed, 1, 0, ("demand_sites",)))
    assert texts(planner.get("/planner").text, "number-value")[:2] == ["50.0%", "3,000"]


def test_a_metro_station_asks_what_is_near_it(client: FlaskClient) -> None:
    page = client.get("/?q=人民广场站").text
    assert texts(page, "card-link") == [
        "示例・广场驿站",
        "福州路休息室",
        "张江健康服务点",
        "无址书屋",
    ]
    assert "人民广场站附近" in page
    assert "离人民广场站由近到远" in page


def test_a_page_beyond_the_last_is_the_last(client: FlaskClient) -> None:
    assert client.get("/?page=99999").text.count('class="card-link"') == client.get("/").text.count(
        'class="card-link"'
    )


def test_an_offer_names_filters_in_the_pages_language(client: FlaskClient) -> None:
    asked = "/?district=浦东新区&kind=reading_room,rest_room&lang=en"
    offers = [text for text in texts(client.get(asked).text, "ghost") if text.startswith("Without")]
    assert offers == ["Without “Pudong New Area” (3)", "Without “Reading room, Rest room” (1)"]
