"""One message among a thousand that a service cannot handle: only its subject waits, and a retry makes all right."""

import random

import pytest
from tests.faults.service_form.checks import check
from tests.faults.service_form.standing import Standing
from tests.faults.service_form.table import Table
from tests.faults.service_form.volume import Booking, any_bookings, book_many, register_many

pytestmark = pytest.mark.needs("kafka", "postgresql", "redis")

GOOD = 1000
ACTIVITIES = 40
TOPIC = "intake.activities"
POISON = 99_999_999_99


def test_only_the_subject_of_a_poison_message_waits_and_after_repair_all_is_right(
    standing: Standing, chance: random.Random, fault_table: Table
):
    house, accepted = standing.house, standing.accepted
    known = register_many(house, accepted, chance, ACTIVITIES)
    poisoned = chance.choice(known)
    house.wait_until_quiet()
    ends, heard = house.keeper.restarts(), house.heard("reporting", TOPIC)
    # The fault is in the reader: what was accepted is good, and reporting cannot keep it.
    house.ask("reporting", f"ALTER TABLE reporting_line ADD CONSTRAINT poison CHECK (amount_cents <> {POISON})")

    bookings = any_bookings(known, chance, GOOD)
    at = chance.randrange(GOOD // 4, GOOD // 2)
    bookings.insert(at, Booking(known=poisoned, year="2023-2024", kind="commitment", cents=POISON))
    waiting = 1 + sum(one.known is poisoned for one in bookings[at + 1 :])
    book_many(house, accepted, bookings)
    house.wait_until_quiet()

    parked = house.ask("reporting", "SELECT subject, cause, count(*) FROM reporting_deadletter GROUP BY 1, 2")
    assert sorted(parked) == [(poisoned.id, "behind", waiting - 1), (poisoned.id, "fault", 1)]
    assert house.heard("reporting", TOPIC) - heard == len(bookings) - waiting, "every other message has had its effect"
    assert house.keeper.restarts() == ends, "the brake is not for one bad message"
    seen = check(house, accepted, parked=waiting)
    assert seen.differences, "what is parked must be missed"

    house.ask("reporting", "ALTER TABLE reporting_line DROP CONSTRAINT poison")
    said = house.run("reporting", "dead_letters", "--retry")
    assert f"handled {waiting} failed 0 left 0" in said
    found = standing.comes_to_rest()
    assert house.keeper.restarts() == ends
    fault_table.add("one poison message among 1,000", rounds=1, found=found)
