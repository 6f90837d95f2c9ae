"""Routes: each app in its own datum, names encoded."""

from urllib.parse import unquote

from maps.directions import Route, directions


def test_every_app_gets_gcj_coordinates_in_its_own_order() -> None:
    assert directions("驿站", 121.5272106, 31.1774276) == (
        Route(
            "amap",
            "https://uri.amap.com/navigation?to=121.531542,31.175304,%E9%A9%BF%E7%AB%99"
            "&mode=walk&src=zhitu&callnative=1",
        ),
        Route(
            "tencent",
            "https://apis.map.qq.com/uri/v1/routeplan?type=walk&to=%E9%A9%BF%E7%AB%99"
            "&tocoord=31.175304,121.531542&coord_type=2&referer=zhitu",
        ),
        Route(
            "baidu",
            "https://api.map.baidu.com/marker?location=31.175304,121.531542"
            "&title=%E9%A9%BF%E7%AB%99&content=%E9%A9%BF%E7%AB%99&output=html"
            "&coord_type=gcj02&src=zhitu",
        ),
        Route("apple", "https://maps.apple.com/?daddr=31.175304,121.531542&dirflg=w"),
    )


def test_tencent_never_sees_its_own_separators() -> None:
    routes = {route.app: route.url for route in directions("A;B:C", 121.5, 31.2)}
    assert "&to=ABC&" not in routes["amap"]
    assert "&to=ABC&tocoord=" in routes["tencent"]
    assert "A%3BB%3AC" in routes["amap"]


def test_a_name_cannot_add_parameters_or_leave_the_link() -> None:
    name = '"><script>&mode=car#/x?y'
    for route in directions(name, 121.5, 31.2):
        assert not set('"<>#') & set(route.url)
        assert route.url.count("?") == 1
    amap = directions(name, 121.5, 31.2)[0].url
    assert unquote(amap.split("&")[0]).endswith(name)
