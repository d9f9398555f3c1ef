"""Somebody without a browser who keeps cookies, follows redirects and fills in the provider's form."""

import html
import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from email.message import Message


@dataclass(frozen=True)
class Answer:
    """What one sees in the end, and where."""

    status: int
    address: str
    headers: Message
    text: str

    @property
    def path(self) -> str:
        """The address without its host."""
        parts = urllib.parse.urlsplit(self.address)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path

    @property
    def asks_to_sign_in(self) -> bool:
        """Whether this is the form of the provider."""
        return 'id="kc-form-login"' in self.text


class _Noted(urllib.request.HTTPRedirectHandler):
    """Follows redirects and keeps their addresses."""

    def __init__(self) -> None:
        self.passed: list[str] = []

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        """Go on, unless that was one too many."""
        self.passed.append(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class Visitor:
    """One person with one set of cookies."""

    def __init__(self, address: str) -> None:
        self.address = address
        # As browsers do on this machine: what is meant for TLS goes to 127.0.0.1 without it too.
        self.cookies = http.cookiejar.CookieJar(http.cookiejar.DefaultCookiePolicy(secure_protocols=("https", "http")))
        self._noted = _Noted()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies), self._noted)

    @property
    def passed(self) -> list[str]:
        """The addresses the last visit led past."""
        return self._noted.passed

    def visit(self, path: str, form: dict[str, str] | None = None, **headers: str) -> Answer:
        """Look at an address, or send it a form."""
        self.passed.clear()
        address = path if path.startswith("http") else self.address + path
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        body = None if form is None else urllib.parse.urlencode(form).encode()
        try:
            with self._opener.open(urllib.request.Request(address, data=body, headers=named), timeout=60) as answer:
                return Answer(answer.status, answer.url, answer.headers, answer.read().decode())
        except urllib.error.HTTPError as answer:
            return Answer(answer.code, answer.url, answer.headers, answer.read().decode())

    def sign_in(self, account: str, password: str, path: str = "/inloggen") -> Answer:
        """Go to a page and sign in on the form one is led to."""
        shown = self.visit(path)
        assert shown.asks_to_sign_in, (shown.status, shown.address)
        action = re.search(r'action="([^"]+)"', shown.text)
        assert action is not None
        return self.visit(html.unescape(action[1]), {"username": account, "password": password, "credentialId": ""})

    def press(self, path: str, action: str) -> Answer:
        """Send the form of a page that leads to an action."""
        page = self.visit(path)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert token is not None, (page.status, page.address)
        return self.visit(action, {"csrfmiddlewaretoken": token[1]}, Referer=self.address + path)

    def cookie(self, name: str) -> str:
        """The value of a cookie, empty without."""
        return next((one.value or "" for one in self.cookies if one.name == name), "")
