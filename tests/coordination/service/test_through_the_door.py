"""A service behind the proxy with TLS, as browsers meet it: cookies, forms, style sheets and the live socket."""

import http.cookiejar
import json
import re
import signal
import ssl
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from coordination.testing.proxy import Proxy

pytestmark = pytest.mark.needs("postgresql", "redis", "nginx", "envsubst")
ROOT = Path(__file__).parents[3]


class Browser:
    """Keeps cookies as a browser does, trusts any certificate, follows no redirect."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.trusting = ssl.create_default_context()
        self.trusting.check_hostname, self.trusting.verify_mode = False, ssl.CERT_NONE
        self.cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=self.trusting), urllib.request.HTTPCookieProcessor(self.cookies), _Stay
        )

    def ask(self, path: str, form: dict[str, str] | None = None, **headers: str):
        """The answer to a question, or to a form sent; whatever its status."""
        data = None if form is None else urllib.parse.urlencode(form).encode()
        try:
            return self._opener.open(urllib.request.Request(self.address + path, data, headers), timeout=30)
        except urllib.error.HTTPError as answer:
            return answer


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


@pytest.fixture(scope="module")
def house(service_form, tmp_path_factory):
    """Reporting behind the door, at an address with TLS; what is another service's is reporting's here as well."""
    folder = tmp_path_factory.mktemp("door")
    behind = dict.fromkeys(("intake", "matching", "reporting"), service_form.address)
    proxy = Proxy(folder, root=ROOT, secure=True, **behind)
    subprocess.run(
        [sys.executable, str(ROOT / "infra/proxy/make_certificate.py"), "--folder", str(folder)],
        env={"VIERSPAN_URL": proxy.address},
        check=True,
    )
    web = service_form.start("serve", VIERSPAN_URL=proxy.address, VIERSPAN_PROXIES="127.0.0.1")
    service_form.wait_for("/-/health/ready")
    proxy.start()
    yield proxy
    proxy.stop()
    web.send_signal(signal.SIGTERM)
    assert web.wait(10) == 0, service_form.said()


@pytest.fixture
def session(service_form) -> str:
    """The session cookie of somebody signed in at reporting."""
    cookie = service_form.script("sign_in.py")
    return next(one for one in cookie.split("; ") if one.startswith("reporting_session"))


def test_cookies_are_for_tls_and_forms_come_back(house):
    browser = Browser(house.address)
    page = browser.ask("/toegankelijkheid")
    assert page.status == 200
    (token,) = set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode()))
    (cookie,) = browser.cookies
    assert cookie.secure and cookie.has_nonstandard_attr("HttpOnly")
    form = {"language": "en", "csrfmiddlewaretoken": token}
    assert browser.ask("/taal/setlang/", form, Origin=house.address).status == 302
    assert browser.ask("/taal/setlang/", form, Origin="https://evil.example").status == 403
    assert browser.ask("/taal/setlang/", form | {"csrfmiddlewaretoken": "x" * 64}, Origin=house.address).status == 403


def test_style_sheets_stand_below_the_name_of_the_service_and_may_be_kept(house):
    browser = Browser(house.address)
    page = browser.ask("/toegankelijkheid").read().decode()
    files = set(re.findall(r'(?:href|src)="([^"]+\.(?:css|js|svg))"', page))
    assert files and all(one.startswith("/reporting/static/") for one in files), files
    for one in files:
        answer = browser.ask(one, **{"Accept-Encoding": "br"})
        assert answer.status == 200, one
        assert "immutable" in answer.headers["cache-control"], one
    assert answer.headers["content-encoding"] == "br" or one.endswith(".svg")


def test_a_page_knows_who_is_signed_in(house, session):
    assert Browser(house.address).ask("/reporting/council/9901", Cookie=session).status in (200, 404)
    stranger = Browser(house.address).ask("/reporting/council/9901")
    assert stranger.status == 302 and "/inloggen" in stranger.headers["location"]


def test_notices_come_through_the_door_and_only_to_own_pages(house, session, service_form):
    listening = {"ssl": Browser(house.address).trusting, "additional_headers": {"Cookie": session}}
    address = f"wss://localhost:{house.port}/reporting/live"
    with connect(address, origin=house.address, **listening) as socket:
        service_form.script("tell.py", "told")
        assert json.loads(socket.recv(timeout=10)) == {"subject": "summary", "id": "told"}
    with pytest.raises(InvalidStatus) as refused:
        connect(address, origin="https://evil.example", **listening).close()
    assert refused.value.response.status_code == 403
