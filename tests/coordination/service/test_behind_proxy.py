"""What a service makes of the public address of the house."""

import pytest

from coordination.service import behind_proxy, environment
from coordination.service.environment import MissingSetting


@pytest.fixture
def address(monkeypatch):
    """The address that VIERSPAN_URL says."""

    def said(text: str) -> environment.Address:
        monkeypatch.setenv("VIERSPAN_URL", text)
        return environment.address()

    return said


@pytest.mark.parametrize(
    ("text", "host", "whole"),
    [
        ("https://vierspan.example", "vierspan.example", "https://vierspan.example"),
        ("https://Vierspan.Example:8443/", "vierspan.example", "https://vierspan.example:8443"),
        ("http://[::1]:8080", "[::1]", "http://[::1]:8080"),
    ],
)
def test_an_address_is_known_by_its_parts(address, text, host, whole):
    assert address(text).host == host
    assert str(address(text)) == whole


@pytest.mark.parametrize(
    "text",
    [
        *("vierspan.example", "ftp://vierspan.example", "https://", "https://a.example/path", "https://a.example:port"),
        *("https://a.example?x", "https://me@a.example", "https://a.example:0", "https://[a.example"),
    ],
)
def test_what_is_no_address_of_a_house_is_refused_in_words(address, text):
    with pytest.raises(MissingSetting, match=r"VIERSPAN_URL moet het adres .* zijn"):
        address(text)


def test_with_tls_cookies_stay_on_it_and_browsers_remember_it(address):
    made = behind_proxy.settings("matching", address("https://vierspan.example"))
    assert made["SESSION_COOKIE_SECURE"] and made["CSRF_COOKIE_SECURE"]
    assert made["SECURE_HSTS_SECONDS"] >= 31536000
    assert made["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")
    assert made["CSRF_TRUSTED_ORIGINS"] == ["https://vierspan.example"]


@pytest.mark.parametrize("text", ["https://localhost:8443", "https://127.0.0.1", "https://[::1]:8443"])
def test_trying_out_on_this_machine_binds_no_browser_to_tls(address, text):
    made = behind_proxy.settings("intake", address(text))
    assert made["SECURE_HSTS_SECONDS"] == 0
    assert made["SESSION_COOKIE_SECURE"]


def test_without_tls_nobody_is_believed_to_have_it(address):
    made = behind_proxy.settings("intake", address("http://127.0.0.1:8080"))
    assert made["SECURE_PROXY_SSL_HEADER"] is None
    assert not made["SESSION_COOKIE_SECURE"] and not made["SECURE_HSTS_SECONDS"]


def test_services_share_an_address_and_no_session(address):
    made = {
        name: behind_proxy.settings(name, address("https://a.example")) for name in ("intake", "matching", "reporting")
    }
    assert {name: one["SESSION_COOKIE_PATH"] for name, one in made.items()} == {
        "intake": "/",
        "matching": "/matching",
        "reporting": "/reporting",
    }
    # A form on a page of one service may be answered by another.
    assert {(one["CSRF_COOKIE_NAME"], one["CSRF_COOKIE_PATH"]) for one in made.values()} == {("vierspan_csrf", "/")}
    for setting in ("SESSION_COOKIE_NAME", "STATIC_URL"):
        assert len({one[setting] for one in made.values()}) == 3, setting
    assert all(one["STATIC_URL"].startswith(f"/{name}/") for name, one in made.items())
