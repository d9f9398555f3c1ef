"""Threads that write in one SQLite file go in the order in which they came."""

import threading
import time

import pytest
from django.conf import settings
from django.db import OperationalError, connections

from coordination.events.unit_of_work import unit_of_work
from coordination.service.sqlite.turns import Turns, turns_of
from intake.models import Municipality

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.skipif("sqlite" not in settings.DATABASES["intake"]["ENGINE"], reason="runs on SQLite only"),
]


def turns() -> Turns:
    return turns_of(str(connections["intake"].settings_dict["NAME"]))


def register(code: str) -> None:
    Municipality.objects.create(
        code=code, name=f"Gemeente {code}", kind="municipality", zone="Europe/Amsterdam", number_prefix=code
    )


def in_a_unit(code: str) -> None:
    with unit_of_work("intake"):
        register(code)


def started(work, code: str, *, waiting: int) -> threading.Thread:
    """Do it in a thread of its own; gives it once it waits for its turn as the last of so many."""

    def closing() -> None:
        try:
            work(code)
        finally:
            connections["intake"].close()

    thread = threading.Thread(target=closing)
    thread.start()
    until = time.monotonic() + 10
    while turns().waiting < waiting and time.monotonic() < until:
        time.sleep(0.001)
    assert turns().waiting == waiting
    return thread


def in_order_of_writing() -> list[str]:
    return [code for (code,) in Municipality.objects.order_by("id").values_list("code")]


def test_who_came_first_goes_first():
    codes = [f"77{number:02d}" for number in range(12)]
    with unit_of_work("intake"):
        threads = [started(in_a_unit, code, waiting=place) for place, code in enumerate(codes, 1)]
    for thread in threads:
        thread.join(20)
    # Their ids are made when they write, and rise with time.
    assert in_order_of_writing() == codes


def test_a_statement_outside_any_transaction_waits_its_turn_too():
    with unit_of_work("intake"):
        threads = [
            started(in_a_unit, "7701", waiting=1),
            started(register, "7702", waiting=2),
            started(in_a_unit, "7703", waiting=3),
        ]
    for thread in threads:
        thread.join(20)
    assert sorted(in_order_of_writing()) == ["7701", "7702", "7703"]
    assert turns().waiting == 0


def test_a_turn_ends_with_whatever_ended_it():
    with pytest.raises(ZeroDivisionError), unit_of_work("intake"):
        raise ZeroDivisionError
    with pytest.raises(ZeroDivisionError), unit_of_work("intake"):
        connections["intake"].connection.execute("ROLLBACK")
        raise ZeroDivisionError
    started(in_a_unit, "7701", waiting=0).join(20)
    assert in_order_of_writing() == ["7701"]


def test_who_reads_waits_for_nobody():
    read = []
    with unit_of_work("intake"):
        register("7701")
        started(lambda _code: read.append(Municipality.objects.count()), "", waiting=0).join(20)
    assert read == [0]


def test_a_turn_of_our_own_does_not_let_another_process_wait(tmp_path, monkeypatch):
    other = connections["intake"].copy()
    other.settings_dict = {**other.settings_dict, "OPTIONS": {**other.settings_dict["OPTIONS"], "timeout": 0.1}}
    with unit_of_work("intake"):
        register("7701")
        # Patience over, it asks SQLite itself, whose lock is what keeps writers apart.
        with pytest.raises(OperationalError, match="locked"), other.cursor() as cursor:
            cursor.execute("DELETE FROM intake_municipality")
    other.close()
    assert in_order_of_writing() == ["7701"]
    assert turns().waiting == 0
    in_a_unit("7702")


def test_a_turn_that_comes_as_patience_ends_is_taken_or_handed_on():
    # However the two meet, nobody holds a turn that nobody uses.
    mine = Turns()
    for _ in range(300):
        assert mine.take(1)
        got = []
        thread = threading.Thread(target=lambda got=got: got.append(mine.take(0.001)))
        thread.start()
        time.sleep(0.001)
        mine.leave()
        thread.join(5)
        if got == [True]:
            mine.leave()
        assert mine.take(0)
        mine.leave()
