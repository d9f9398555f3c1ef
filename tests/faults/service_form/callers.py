"""People at work through the API: each repeats what was cut off, with the same key, until it has an answer."""

import http.client
import json
import random
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tests.faults.service_form.house import ServiceHouse
from tests.faults.service_form.oracle import Accepted, Known

MUNICIPALITIES = ("9901", "9902", "9903", "9904")
YEARS = {
    "2021-2022": "2021-11-15",
    "2022-2023": "2022-11-15",
    "2023-2024": "2023-11-15",
    "2024-2025": "2024-11-15",
}
PARTNER = "Samenwerking"
REGISTER = 0.2
LONGEST_ANSWER = 15
PATIENCE = 90.0


class Unexpected(AssertionError):
    """An answer that says the request was wrong, or none at all for too long."""


@dataclass(frozen=True)
class Answer:
    """What came back at last, and whether it was kept from an earlier time."""

    body: dict[str, Any]
    replayed: bool


class Client:
    """One user of the API of a service, at any of its web processes."""

    def __init__(self, addresses: list[str], token: str, tally: Counter[str]) -> None:
        self._addresses = addresses
        self._token = token
        self._tally = tally
        self._turn = random.randrange(len(addresses))
        self.waiting = False

    def post(self, path: str, body: dict[str, Any]) -> Answer:
        """Send once and for all: repeated with the same key when it was cut off or the service was out of order."""
        key, until = str(uuid.uuid4()), time.monotonic() + PATIENCE
        while True:
            try:
                status, headers, content = self._send("POST", path, body, {"Idempotency-Key": key})
            except (OSError, http.client.HTTPException):
                self._tally["cut"] += 1
                status, headers, content = 0, {}, {}
            if 200 <= status < 300:
                replayed = headers.get("Idempotency-Replayed") == "true"
                self._tally["replayed"] += replayed
                return Answer(body=content, replayed=replayed)
            if 400 <= status < 500:
                raise Unexpected(f"{path} {body}: {status} {content}")
            if time.monotonic() > until:
                raise Unexpected(f"{path} {body}: no answer within {PATIENCE:.0f} s, last {status} {content}")
            self._tally["again"] += 1
            self._turn += 1
            time.sleep(0.05)

    def get(self, path: str) -> dict[str, Any]:
        """What an address says."""
        status, _headers, content = self._send("GET", path, None, {})
        assert status == 200, (path, status, content)
        return content

    def _send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> tuple[int, dict, dict]:
        address = urlsplit(self._addresses[self._turn % len(self._addresses)])
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=LONGEST_ANSWER)
        self.waiting = True
        try:
            connection.request(
                method,
                path,
                None if body is None else json.dumps(body),
                {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json", **headers},
            )
            answer = connection.getresponse()
            text = answer.read()
            return answer.status, dict(answer.headers), json.loads(text) if text[:1] in (b"{", b"[") else {}
        finally:
            self.waiting = False
            connection.close()


class Callers:
    """Several people at once. Inside the with they work; after it each has the answer to all it asked."""

    def __init__(self, house: ServiceHouse, accepted: Accepted, *, people: int = 3, seed: int = 0, pause: float = 0.0):
        self.tally: Counter[str] = Counter()
        self.accepted = accepted
        self.failures: list[BaseException] = []
        self._stopping = threading.Event()
        self._pause = pause
        self._clients = {
            service: [Client(house.webs(service), house.grounds.token, self.tally) for _ in range(people)]
            for service in ("intake", "matching")
            if house.webs(service)
        }
        self._threads = [
            threading.Thread(target=self._work, args=(number, random.Random(seed * 1000 + number)), daemon=True)
            for number in range(people)
        ]

    def __enter__(self) -> "Callers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join(PATIENCE + LONGEST_ANSWER)
        assert not any(thread.is_alive() for thread in self._threads)
        if self.failures:
            raise self.failures[0]

    def waiting(self, service: str) -> int:
        """How many are waiting for an answer of a service now."""
        return sum(client.waiting for client in self._clients[service])

    def _work(self, number: int, choice: random.Random) -> None:
        own: list[Known] = []
        try:
            while not self._stopping.is_set():
                if "matching" in self._clients and choice.random() < REGISTER:
                    enter_partner(self._clients["matching"][number], choice, self.accepted)
                else:
                    act(self._clients["intake"][number], choice, own, self.accepted)
                time.sleep(self._pause)
        except BaseException as failure:
            self.failures.append(failure)


def act(client: Client, choice: random.Random, own: list[Known], accepted: Accepted) -> None:
    """Do one thing by chance with one's own activities, and write it down once it is accepted."""
    what = choice.choices(("register", "entry", "transfer", "report"), (2, 6, 2, 1))[0]
    if what == "register" or len(own) < 2:
        _register(client, choice, own, accepted)
    elif what == "entry":
        _entry(client, choice, choice.choice(own), accepted)
    elif what == "transfer":
        _transfer(client, choice, own, accepted)
    else:
        known = choice.choice(own)
        client.post(f"/intake/api/v1/activities/{known.id}/reports", {"date": "2024-12-01", "status": "running"})
        accepted.report(known)


def enter_partner(client: Client, choice: random.Random, accepted: Accepted) -> None:
    """Enter a partner in the register of matching, of which the others keep copies."""
    name = f"{PARTNER} {uuid.uuid4().hex[:12]}"
    answer = client.post("/matching/api/v1/partners", {"name": name, "municipality": choice.choice(MUNICIPALITIES)})
    accepted.partner(answer.body["id"], name)


def _register(client: Client, choice: random.Random, own: list[Known], accepted: Accepted) -> None:
    planned = {year: choice.randrange(1, 5_000_000) for year in YEARS}
    body = {
        "municipality": choice.choice(MUNICIPALITIES),
        "title": f"Activiteit {uuid.uuid4().hex[:12]}",
        "measureType": "summer_school",
        "startsOn": "2021-09-01",
        "endsOn": "2025-07-01",
        "totalCents": sum(planned.values()),
        "phasing": [{"schoolYear": year, "plannedCents": cents} for year, cents in planned.items()],
    }
    answer = client.post("/intake/api/v1/activities", body)
    known = Known(
        id=answer.body["id"], municipality=body["municipality"], title=body["title"], planned=Counter(planned)
    )
    accepted.activity(known)
    own.append(known)


def _entry(client: Client, choice: random.Random, known: Known, accepted: Accepted) -> None:
    year = choice.choice(tuple(YEARS))
    kind = choice.choice(("spending", "spending", "commitment", "correction"))
    cents = choice.randrange(1, 1_000_000) * (choice.choice((1, -1)) if kind == "correction" else 1)
    body = {"kind": kind, "date": YEARS[year], "amountCents": cents, "fundingSource": "np_onderwijs"}
    client.post(f"/intake/api/v1/activities/{known.id}/entries", body)
    accepted.entry(known, year, kind, cents)


def _transfer(client: Client, choice: random.Random, own: list[Known], accepted: Accepted) -> None:
    giver = choice.choice(own)
    takers = [one for one in own if one.municipality == giver.municipality and one is not giver]
    years = [year for year, cents in giver.planned.items() if cents > 1]
    if not takers or not years:
        return
    taker, from_year, to_year = choice.choice(takers), choice.choice(years), choice.choice(tuple(YEARS))
    cents = choice.randrange(1, giver.planned[from_year])
    body = {
        "from": {"activity": giver.id, "schoolYear": from_year},
        "to": {"activity": taker.id, "schoolYear": to_year},
        "amountCents": cents,
        "reason": "changed_need",
    }
    client.post("/intake/api/v1/transfers", body)
    accepted.transfer(giver, from_year, taker, to_year, cents)
