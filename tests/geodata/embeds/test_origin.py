"""Origins of sites, as an allow-list holds them."""

import pytest

from geodata.embeds.origin import read_listed, read_origin
from geodata.errors import ParameterError


@pytest.mark.parametrize(
    ("written", "origin"),
    [
        ("https://www.example.org", "https://www.example.org"),
        (" HTTPS://WWW.Example.org/a/b?c=d#e ", "https://www.example.org"),
        ("www.example.org/fuwu", "https://www.example.org"),
        ("https://www.example.org:443/", "https://www.example.org"),
        ("https://www.example.org:8443", "https://www.example.org:8443"),
        ("http://www.example.org", "http://www.example.org"),
        ("https://*.example.org", "https://*.example.org"),
        ("http://localhost:8000/x", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://总工会.example", "https://xn--6oq837aiwb.example"),
    ],
)
def test_an_address_is_cut_to_its_origin(written: str, origin: str) -> None:
    assert str(read_origin(written)) == origin


@pytest.mark.parametrize(
    "written",
    [
        *("", "https://", "ftp://example.org", "javascript:alert(1)", "data:text/html,x"),
        *("https://a b.example", "https://example.org;script-src *", "https://exa'mple.org"),
        *("https://user@example.org", "https://example.org:0", "https://example.org:99999"),
        *(
            "https://*",
            "https://a.*.example.org",
            "https://[::2]",
            "https://-a.example",
            "https://[::1",
        ),
        *("https://example.org\r\nX: y", "https://" + "a" * 300 + ".org", "*"),
    ],
)
def test_what_is_no_site_is_refused(written: str) -> None:
    with pytest.raises(ParameterError):
        read_origin(written)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (
            "http://www.example.org",
            "http://www.example.org 不是 https：没有加密的网页，谁都能在路上改，不能进名单。",
        ),
        (
            "https://*.org",
            "https://*.org 太宽：* 后面要写单位自己的域名，如 https://*.example.org",
        ),
        (
            "https://*.sh.cn",
            "https://*.sh.cn 太宽：* 后面要写单位自己的域名，如 https://*.example.org",
        ),
        (
            "https://*.org.cn",
            "https://*.org.cn 太宽：* 后面要写单位自己的域名，如 https://*.example.org",
        ),
    ],
)
def test_what_may_not_be_listed_says_why(written: str, sentence: str) -> None:
    with pytest.raises(ParameterError, match="^" + sentence.replace("*", r"\*") + "$"):
        read_listed(written)


def test_this_very_machine_may_be_listed_without_https() -> None:
    assert str(read_listed("http://127.0.0.1:5000")) == "http://127.0.0.1:5000"


@pytest.mark.parametrize(
    ("entry", "page", "covered"),
    [
        ("https://www.example.org", "https://www.example.org", True),
        ("https://www.example.org", "http://www.example.org", False),
        ("https://www.example.org", "https://www.example.org:8443", False),
        ("https://www.example.org", "https://www.example.org.evil.example", False),
        ("https://*.example.org", "https://a.b.example.org", True),
        ("https://*.example.org", "https://example.org", False),
        ("https://*.example.org", "https://evilexample.org", False),
    ],
)
def test_an_entry_covers_what_a_browser_would_let_frame_us(
    entry: str, page: str, covered: bool
) -> None:
    assert read_listed(entry).covers(read_origin(page)) is covered
