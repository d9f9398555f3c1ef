"""A house as make run starts it: a process of its own, one per module, and commands beside it."""

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path

import pytest

from coordination.testing.running_house import RunningHouse, start_house


def fetch(address: str, token: str = "", **headers: str) -> tuple[int, dict[str, str], str]:
    """Status, headers (small letters) and text; an error is an answer too, a redirection is not followed."""
    if token:
        headers["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(address, headers=headers)
    opener = urllib.request.build_opener(_Stay)
    try:
        with opener.open(request, timeout=30) as answer:
            return answer.status, _small(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as answer:
        return answer.code, _small(answer.headers), answer.read().decode()


def _small(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object, **_more: object) -> None:
        return None


def ask(house: RunningHouse, token: str, path: str) -> dict:
    """What an API answers."""
    status, _headers, text = fetch(f"{house.address}{path}", token)
    assert status == 200, (path, status, text[:500])
    return json.loads(text)


def figures(house: RunningHouse) -> dict[str, dict]:
    """What intake and reporting say of every municipality, by its code."""
    token = house.token("beheer@vierspan.example")
    activities = ask(house, token, "/intake/api/v1/activities?limit=100")["results"]
    return {
        code: {
            "activities": {
                one["number"]: (one["totalCents"], one["phasing"]) for one in activities if one["municipality"] == code
            },
            "summary": ask(house, token, f"/reporting/api/v1/municipalities/{code}/summary"),
        }
        for code in ("9901", "9902", "9903", "9904")
    }


@pytest.fixture(scope="module")
def house_in(tmp_path_factory) -> Iterator[Callable[..., RunningHouse]]:
    """Start a house in a new folder, or again in one that was used before; all are gone afterwards."""
    started: list[RunningHouse] = []

    def start(example: str, folder: Path | None = None) -> RunningHouse:
        house = start_house(folder or tmp_path_factory.mktemp(example), example)
        started.append(house)
        return house

    yield start
    for house in started:
        house.stop()
