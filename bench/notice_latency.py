"""From a commitment sent to the API to its notice on another socket, at 50 commands a second, in both forms.

Of intake itself, and of reporting after outbox, relay, log, consumer and projection; next to the time a bare message
takes through Kafka. Others keep booking for two other municipalities; what is measured is the only booking for its own.
"""

import json
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from infra.local.house import LocalHouse
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from bench import kafka_round_trip
from bench.house import running_house
from bench.signing_in import cookies
from coordination.testing.running_house import House

TRIES = 500
PER_SECOND = int(os.environ.get("PER_SECOND", "50"))
MEASURED_PER_SECOND = 10
# A broker that has just begun still makes its code fast, and is busier with that than with messages.
WARMING_UP = 20
OTHERS = ("dijkermond", "heidehoek")
THREADS_PER_MUNICIPALITY = 3
ENTRY = {"kind": "commitment", "date": "2025-01-13", "amountCents": 100, "fundingSource": "np_onderwijs"}
WHAT = {
    "answer": "the answer: it is saved",
    "intake": "the notice of intake on another socket",
    "reporting": "the notice of reporting on another socket",
    "after": "the notice of reporting, from the answer on",
}


class Ear(threading.Thread):
    """Writes down when each notice of a service came."""

    def __init__(self, house: House, service: str, signed_in: str) -> None:
        super().__init__(daemon=True)
        self.times: list[float] = []
        self.came = threading.Condition()
        socket = house.address.replace("http", "ws")
        self.connection: ClientConnection = connect(
            f"{socket}/{service}/live", origin=house.address, additional_headers={"Cookie": signed_in}
        )
        self.start()

    def run(self) -> None:
        """Listen until the connection closes."""
        try:
            for text in self.connection:
                json.loads(text)
                with self.came:
                    self.times.append(time.perf_counter())
                    self.came.notify_all()
        except ConnectionClosed:
            return

    def first_after(self, moment: float, within: float = 60) -> float:
        """Seconds from a moment to the first notice after it."""
        with self.came:
            if not self.came.wait_for(lambda: self.times and self.times[-1] >= moment, within):
                raise SystemExit(f"no notice within {within:.0f} seconds")
            return next(one for one in self.times if one >= moment) - moment


@contextmanager
def others_at_work(house: House) -> Iterator[list[float]]:
    """Officers of other municipalities who book at the rest of the pace; gives when each booking was answered."""
    answered: list[float] = []
    stopping = threading.Event()
    threads_of_all = THREADS_PER_MUNICIPALITY * len(OTHERS)
    pause = threads_of_all / max(1, PER_SECOND - MEASURED_PER_SECOND)

    def book(token: str, activities: Sequence[str], number: int, beginning: float) -> None:
        # One after the other, as officers who know nothing of each other, and not all in one moment.
        due = time.perf_counter() + beginning
        stopping.wait(beginning)
        while not stopping.is_set():
            house.call(token, f"/intake/api/v1/activities/{activities[number % len(activities)]}/entries", ENTRY)
            answered.append(time.perf_counter())
            number += THREADS_PER_MUNICIPALITY
            due += pause
            stopping.wait(max(0.0, due - time.perf_counter()))

    threads = []
    for place, name in enumerate(OTHERS):
        token = house.token(f"beleid@{name}.example")
        rows = house.call(token, "/intake/api/v1/activities?limit=100")["results"]
        running = [one["id"] for one in rows if one["status"] == "running"]
        threads += [
            threading.Thread(
                target=book,
                args=(token, running, number, pause * (number * len(OTHERS) + place) / threads_of_all),
                daemon=True,
            )
            for number in range(THREADS_PER_MUNICIPALITY)
        ]
    for thread in threads:
        thread.start()
    try:
        yield answered
    finally:
        stopping.set()
        for thread in threads:
            thread.join(30)


def measure(house: House, tries: int = TRIES) -> tuple[dict[str, list[float]], float]:
    """Seconds per try, and how many commands a second there were."""
    found: dict[str, list[float]] = {name: [] for name in WHAT}
    token = house.token("beleid@merenstad.example")
    rows = house.call(token, "/intake/api/v1/activities?limit=100")["results"]
    running = [one["id"] for one in rows if one["municipality"] == "9901" and one["status"] == "running"]
    signed_in = cookies(house, "raad@merenstad.example")
    ears = {service: Ear(house, service, signed_in) for service in ("intake", "reporting")}
    with others_at_work(house) as answered:
        time.sleep(WARMING_UP)
        started = time.perf_counter()
        for number in range(tries):
            began = time.perf_counter()
            house.call(token, f"/intake/api/v1/activities/{running[number % len(running)]}/entries", ENTRY)
            saved = time.perf_counter() - began
            waited = {service: ear.first_after(began) for service, ear in ears.items()}
            found["answer"].append(saved)
            found["intake"].append(waited["intake"])
            found["reporting"].append(waited["reporting"])
            found["after"].append(max(0.0, waited["reporting"] - saved))
            # Its last notice must be in before the next begins.
            left = 1 / MEASURED_PER_SECOND - (time.perf_counter() - began)
            time.sleep(max(0.01, left))
        took = time.perf_counter() - started
    for ear in ears.values():
        ear.connection.close()
    return found, (tries + sum(1 for one in answered if started <= one <= started + took)) / took


def show() -> None:
    """Print the tables."""
    with running_house() as house:
        embedded, pace = measure(house)
    _table("the embedded form", embedded, pace)
    whole = f"{_late(embedded['reporting']):.0f} ms"
    print(f"\nThe aim is a 99 % under 100 ms for the notice of reporting: it was {whole}.", flush=True)

    with tempfile.TemporaryDirectory(prefix="vierspan-bench-") as folder:
        Path(folder).chmod(0o755)
        house = LocalHouse(Path(folder), example="full")
        house.start()
        try:
            idle = _bare(house, PER_SECOND)
            with ThreadPoolExecutor(1) as hand:
                # In the very same minute, so that both meet whatever the machine does then.
                bare = hand.submit(_bare, house, MEASURED_PER_SECOND)
                found, pace = measure(house)
                beside = bare.result()
            idle += _bare(house, PER_SECOND)
        finally:
            house.stop()
    _table("the service form", found, pace)
    for times, when in ((idle, "in an idle house"), (beside, "in the house at work")):
        print(f"| a bare message through Kafka {when} | {_middle(times):.0f} | {_late(times):.0f} |")
    for times, when in ((idle, "in an idle house"), (beside, "in the house at work")):
        ratios = ", ".join(f"{_late(found[name]) / _late(times):.1f} ({text})" for name, text in WHAT.items())
        print(f"\nTimes the 99 % of the bare message {when}, the aim being under 5: {ratios}.", flush=True)


def _bare(house: LocalHouse, per_second: int) -> list[float]:
    return kafka_round_trip.measure(house.servers.brokers, tries=TRIES, per_second=per_second, replication=1)


def _table(form: str, found: dict[str, list[float]], pace: float) -> None:
    tries = len(found["answer"])
    print(f"\n## From a commitment sent to the API to what it leads to: {form}\n")
    print(f"{tries} tries among {pace:.0f} commands a second.\n")
    print("| Milliseconds until | Median | 99 % |\n|---|---:|---:|")
    for name, text in WHAT.items():
        print(f"| {text} | {_middle(found[name]):.0f} | {_late(found[name]):.0f} |", flush=True)


def _middle(times: Sequence[float]) -> float:
    return statistics.median(times) * 1000


def _late(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=100)[98] * 1000


if __name__ == "__main__":
    show()
