"""Somebody in a browser: opens a page of one activity, fills in its form and sends it."""

import html
import re
from collections.abc import Callable

import pytest

from coordination.testing.page_rules import assert_good_page
from coordination.testing.people import account_of, browser_of

_FIELD = re.compile(r"<(input|textarea|select)\b([^>]*)>(.*?)(?=<(?:input|textarea|select|/form)\b)", re.DOTALL)


def attribute(tag: str, name: str) -> str:
    """One attribute of a tag as it was meant."""
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return html.unescape(found[1]) if found else ""


def filled_in(page: str) -> dict:
    """What the form on a page would send as it stands: hidden, typed, chosen and ticked values."""
    form = page[page.index('class="vs-form') :]
    sent: dict = {}
    for kind, tag, inside in _FIELD.findall(form[: form.index("</form>") + 7]):
        name, state = attribute(tag, "name"), attribute(tag, "type")
        if kind == "select":
            chosen = re.findall(r'<option value="([^"]*)" selected', inside)
            first = re.findall(r'<option value="([^"]*)"', inside)
            sent[name] = html.unescape((chosen or first or [""])[0])
        elif kind == "textarea":
            sent[name] = html.unescape(inside.split("</textarea>")[0]).strip()
        elif state in ("checkbox", "radio"):
            if "checked" in tag:
                sent.setdefault(name, []).append(attribute(tag, "value"))
        elif name != "csrfmiddlewaretoken":
            sent[name] = attribute(tag, "value")
    return sent


class Visitor:
    """Somebody with a role in one organisation."""

    def __init__(self, role: str, key: str, kind: str, name: str) -> None:
        self.account = account_of(role, key, kind, name)
        self.client = browser_of(self.account)

    def open(self, activity, path: str = "", **headers):
        """The answer of a page of an activity."""
        return self.client.get(f"/intake/activities/{activity.id}{path}", headers=headers)

    def read(self, activity, path: str = "") -> str:
        """The words of a page that must be there and be a good one."""
        answer = self.open(activity, path)
        assert answer.status_code == 200, answer.content.decode()
        assert_good_page(answer)
        return answer.content.decode()

    def form(self, activity, path: str) -> dict:
        """What the form of a page would send as it stands."""
        return filled_in(self.read(activity, path))

    def again(self, activity, path: str, answer):
        """Send the form of a refused answer as it stands there."""
        return self.send(activity, path, filled_in(answer.content.decode()))

    def send(self, activity, path: str, data: dict, **headers):
        """Send a form as it is."""
        return self.client.post(f"/intake/activities/{activity.id}{path}", data, headers=headers)

    def fill(self, activity, path: str, **typed):
        """Open a form, type over some of it, and send it."""
        return self.send(activity, path, self.form(activity, path) | typed)


@pytest.fixture
def visitor(basis) -> Callable[..., Visitor]:
    """Makes a visitor: visitor("policy_officer"), visitor("council_member", "9902")."""

    def _visitor(role: str, key: str = "9901", kind: str = "municipality", name: str = "M. Yilmaz") -> Visitor:
        return Visitor(role, key, kind, name)

    return _visitor


@pytest.fixture
def officer(visitor) -> Visitor:
    """A policy officer of Merenstad."""
    return visitor("policy_officer")


@pytest.fixture
def keeper(visitor) -> Visitor:
    """The budget holder of Merenstad."""
    return visitor("budget_holder", name="B. Houder")


@pytest.fixture
def problems() -> Callable[..., list[str]]:
    """The messages of an answer with a refused form, each also tied to its field or above the form."""

    def _problems(answer, status: int = 400) -> list[str]:
        page = answer.content.decode()
        assert answer.status_code == status, page
        assert_good_page(answer)
        assert "data-error-summary" in page
        return [html.unescape(one) for one in re.findall(r'vs-error" id="[^"]*-error">([^<]*)<', page)]

    return _problems
