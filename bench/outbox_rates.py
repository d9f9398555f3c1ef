"""The measuring of commands with and without their event, in a process of its own; outbox starts it."""

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import count

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.test.utils import override_settings  # noqa: E402

from bench.an_event import an_event  # noqa: E402
from bench.server_time import server_seconds  # noqa: E402
from coordination.contracts.clock import recorded_now  # noqa: E402
from coordination.contracts.identifiers import new_id  # noqa: E402
from coordination.events.unit_of_work import silence, unit_of_work  # noqa: E402
from coordination.testing import actors  # noqa: E402
from coordination.testing.clock import today_is  # noqa: E402
from intake.commands.activities import register_activity  # noqa: E402
from intake.commands.entries import record_entry  # noqa: E402
from intake.commands.example import load_basis  # noqa: E402
from intake.models import AcceptedRequest  # noqa: E402

AIM = 0.7
ROUNDS = 12
EACH = 120
ACTIVITIES = 48
THREADS = 4

OFFICER = actors.officer("9901")


@dataclass
class Arm:
    """One way of working: commands per second of each round, and computing per command in ms, ours and the server's."""

    rates: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)
    server: list[float] = field(default_factory=list)


@contextmanager
def measured(arm: Arm, commands: int) -> Iterator[None]:
    """Write down what happens inside."""
    server, ours, wall = server_seconds(), time.process_time(), time.perf_counter()
    yield
    arm.rates.append(commands / (time.perf_counter() - wall))
    arm.ours.append((time.process_time() - ours) / commands * 1000)
    arm.server.append((server_seconds() - server) / commands * 1000)


def in_turn(work: Callable[[int], object], *, threads: int) -> tuple[Arm, Arm]:
    """Rounds with the event and without, in turn; each thread does its share on things of its own."""
    told, untold = Arm(), Arm()
    share = EACH // threads

    def of_thread(number: int, told_now: bool, start: threading.Barrier) -> None:
        start.wait()
        with override(told_now):
            for _ in range(share):
                work(number)

    for number in range(2 * ROUNDS + 2):
        told_now = number % 4 in (0, 3)
        # The first of each only warms up.
        arm = Arm() if number < 2 else told if told_now else untold
        if threads == 1:
            with override(told_now), measured(arm, share):
                for _ in range(share):
                    work(0)
            continue
        start = threading.Barrier(threads + 1)
        busy = [threading.Thread(target=kept_open, args=(of_thread, one, told_now, start)) for one in range(threads)]
        for one in busy:
            one.start()
        with measured(arm, share * threads):
            start.wait()
            for one in busy:
                one.join()
    return told, untold


def kept_open(work: Callable[..., None], *arguments: object) -> None:
    """Run in a thread, and give its connections back."""
    try:
        work(*arguments)
    finally:
        connections.close_all()


@contextmanager
def override(told: bool) -> Iterator[None]:
    """Say events, or keep silent."""
    if told:
        yield
        return
    with silence():
        yield


def row(what: str, told: Arm, untold: Arm) -> None:
    """A row of the table."""
    with_event, without = statistics.median(told.rates), statistics.median(untold.rates)
    ours = [statistics.median(arm.ours) for arm in (told, untold)]
    server = [statistics.median(arm.server) for arm in (told, untold)]
    print(
        f"| {what} | {with_event:,.0f} | {without:,.0f} | **{with_event / without:.2f}** | {AIM} | "
        f"{ours[0]:.2f} / {ours[1]:.2f} | {server[0]:.2f} / {server[1]:.2f} |",
        flush=True,
    )


def measure() -> None:
    """Print the table."""
    for alias in ("identity", "intake"):
        call_command("migrate", database=alias, verbosity=0)
    load_basis()
    activities = [
        register_activity(
            actor=OFFICER,
            municipality="9901",
            title=f"Voorleesmaatjes {number}",
            measure_type="home_reading_support",
            starts_on=date(2021, 11, 1),
            ends_on=date(2025, 7, 31),
            total_cents=11_875_000,
        ).id
        for number in range(ACTIVITIES)
    ]
    turn = count()
    per_thread = ACTIVITIES // THREADS

    def book(thread: int) -> None:
        record_entry(
            actor=OFFICER,
            activity_id=activities[thread * per_thread + next(turn) % per_thread],
            kind="commitment",
            dated_on=date(2025, 1, 13),
            amount_cents=100,
            funding_source="np_onderwijs",
        )

    def one_row(thread: int) -> None:
        activity = activities[thread * per_thread + next(turn) % per_thread]
        with unit_of_work("intake", role="policy_officer") as say:
            AcceptedRequest.objects.create(account="bench", key=str(new_id()), status=1, accepted_at=recorded_now())
            say(an_event(activity))

    print("| What | per second, with | without | ratio | aim | computing ms, with / without | server ms |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    row("an entry booked (`record_entry`), one connection", *in_turn(book, threads=1))
    row(f"an entry booked, {THREADS} threads", *in_turn(book, threads=THREADS))
    row("one row written and nothing asked, one connection", *in_turn(one_row, threads=1))
    row(f"one row written and nothing asked, {THREADS} threads", *in_turn(one_row, threads=THREADS))


if __name__ == "__main__":
    with today_is("2025-01-14"), override_settings(VIERSPAN_NOTICE_SINK=""):
        measure()
