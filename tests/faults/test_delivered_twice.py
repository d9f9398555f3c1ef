"""Everything in the log comes once more, and every group begins at the first record again: no row changes."""

import random

import pytest
from tests.faults.service_form.grounds import SERVICES
from tests.faults.service_form.house import ServiceHouse
from tests.faults.service_form.standing import Standing
from tests.faults.service_form.table import Table
from tests.faults.service_form.volume import any_bookings, book_many, register_many

pytestmark = pytest.mark.needs("kafka", "postgresql", "redis")

# What a look at the calendar says in between is no effect of hearing twice.
CALENDAR = "%reporting.signals%"
TABLES = (
    "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public' "
    "AND table_type = 'BASE TABLE' AND table_name NOT LIKE '%%signal%%' ORDER BY 1"
)


def picture(house: ServiceHouse) -> dict[str, list[tuple]]:
    """Every row of every table of the three services."""
    return {
        f"{service}.{table}": house.ask(
            service, f'SELECT t::text FROM "{table}" t WHERE t::text NOT LIKE %s ORDER BY 1', CALENDAR
        )
        for service in SERVICES
        for (table,) in house.ask(service, TABLES, *())
    }


def test_every_message_again_and_again_changes_no_row(standing: Standing, chance: random.Random, fault_table: Table):
    house = standing.house
    known = register_many(house, standing.accepted, chance, 10)
    book_many(house, standing.accepted, any_bookings(known, chance, 100))
    standing.comes_to_rest()
    standing.sound = False
    before = picture(house)
    assert sum(map(len, before.values())) > 1000

    again = house.log.append_all_again()
    house.wait_until_quiet()
    consumers = [f"{service}.consume" for service in SERVICES]
    assert set(house.keeper.stop(*consumers).values()) == {0}
    house.log.forget(*SERVICES)
    assert sum(map(house.lag, SERVICES)) > 2 * again, "every group has everything before it once more"
    house.start(*consumers)
    found = standing.comes_to_rest()
    after = picture(house)
    for table, rows in before.items():
        assert after[table] == rows, table
    fault_table.add("every message delivered again, and every group rewound", rounds=2, found=found)
