"""Looking at what a process was doing at the very moment it was stopped, before it is killed or goes on."""

import random
import signal
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests.faults.processes import ports_of
from tests.faults.service_form.callers import Callers
from tests.faults.service_form.house import ServiceHouse, topics_of

PATIENCE = 60.0
LONGEST_AIM = 8.0
OPEN_UNITS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND client_port = ANY(%s) "
    "AND xact_start IS NOT NULL"
)


@dataclass(frozen=True)
class Frozen:
    """A process that stands still. work says in words what it was in the middle of; empty when it was idle."""

    name: str
    at: datetime
    since: float
    work: tuple[str, ...]


def freeze(house: ServiceHouse, name: str, callers: Callers | None = None) -> Frozen:
    """Stop a process where it is (SIGSTOP), and look what it was doing."""
    one = house.keeper.kept[name]
    pid, service, kind = one.pid, *name.split(".")[:2]
    house.keeper.kill(name, signal.SIGSTOP)
    since = time.monotonic()
    until = since + 5
    while _state(pid) not in "Tt":
        assert time.monotonic() < until, f"{name} does not stop"
        time.sleep(0.001)
    at = house.ask(service, "SELECT clock_timestamp()")[0][0]
    work = []
    if house.number(service, OPEN_UNITS, sorted(ports_of(pid))):
        work.append("a unit of work open")
    if kind == "relay":
        work += _sent_and_not_marked(house, service)
    if kind == "consume":
        work += _marked_and_not_committed(house, service)
    if kind == "serve" and callers is not None and callers.waiting(service):
        work.append("a request under way")
    return Frozen(name=name, at=at, since=since, work=tuple(work))


def freeze_at_work(
    house: ServiceHouse, name: str, chance: random.Random, callers: Callers | None = None, work: str = ""
) -> Frozen:
    """Stop a process at random moments until it is caught in the middle of something, of this work if one is named.

    After a while it stays stopped as it is, so that a process which never leaves anything half done can be killed too.
    """
    until = time.monotonic() + LONGEST_AIM
    while True:
        frozen = freeze(house, name, callers)
        if any(work in one for one in frozen.work) or time.monotonic() > until:
            return frozen
        house.keeper.kill(name, signal.SIGCONT)
        time.sleep(chance.uniform(0, 0.15))


def wait_for_work(house: ServiceHouse, name: str) -> None:
    """Wait until a process has something to do, or has just done something."""
    service, kind = name.split(".")[:2]
    before = _done(house, service, kind)
    house.wait_for(lambda: _done(house, service, kind) != before, f"{name} to do something", PATIENCE, every=0.01)


def wait_for_progress(house: ServiceHouse, name: str, frozen: Frozen) -> float:
    """Wait until work of this kind goes on after a freeze; gives how many seconds since that took."""
    service, kind = name.split(".")[:2]

    def goes_on() -> bool:
        last = _done(house, service, kind)
        return last is not None and last > frozen.at

    house.wait_for(goes_on, f"work to go on after {name} was killed", PATIENCE)
    return time.monotonic() - frozen.since


def _done(house: ServiceHouse, service: str, kind: str) -> datetime | None:
    """When work of a kind was last done, as the database of the service tells."""
    column = {
        "relay": f"max(sent_at) FROM {service}_outboxentry",
        "consume": f"max(handled_at) FROM {service}_handledevent",
        "serve": f"max(accepted_at) FROM {service}_acceptedrequest",
    }[kind]
    return house.ask(service, f"SELECT {column}")[0][0]


def _sent_and_not_marked(house: ServiceHouse, service: str) -> list[str]:
    unsent = {id for (id,) in house.ask(service, f"SELECT id::text FROM {service}_outboxentry WHERE sent_at IS NULL")}
    both = unsent & house.log.ids()
    return [f"{len(both)} sent and not marked"] if both else []


def _marked_and_not_committed(house: ServiceHouse, service: str) -> list[str]:
    marks = {id for (id,) in house.ask(service, f"SELECT id::text FROM {service}_handledevent")}
    kept = house.log.committed(service)
    beyond = {
        one.id
        for one in house.log.look()
        if one.topic in topics_of(service) and one.position >= kept.get((one.topic, one.partition), 0)
    }
    both = marks & beyond
    return [f"{len(both)} marked and not committed"] if both else []


def _state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
