"""Carries out many commands of intake in one process, as they stand on the input: a JSON list of them.

Prints how many were accepted. So many in one unit of work at a time that a thousand take seconds.
"""

import json
import sys
from datetime import date
from uuid import UUID

import django

django.setup()

from coordination.events.unit_of_work import unit_of_work  # noqa: E402
from coordination.identity.actor import SYSTEM  # noqa: E402
from intake.commands.activities import register_activity  # noqa: E402
from intake.commands.entries import record_entry  # noqa: E402

AT_ONCE = 100


def _carry_out(given: dict) -> None:
    if given["do"] == "register":
        register_activity(
            actor=SYSTEM,
            activity_id=UUID(given["id"]),
            municipality=given["municipality"],
            title=given["title"],
            measure_type="summer_school",
            starts_on=date(2021, 9, 1),
            ends_on=date(2025, 7, 1),
            total_cents=sum(given["planned"].values()),
            phasing=given["planned"],
        )
    else:
        record_entry(
            actor=SYSTEM,
            activity_id=UUID(given["id"]),
            kind=given["kind"],
            dated_on=date.fromisoformat(given["date"]),
            amount_cents=given["cents"],
            funding_source="np_onderwijs",
        )


commands = json.load(sys.stdin)
for first in range(0, len(commands), AT_ONCE):
    with unit_of_work("intake", role="administrator"):
        for command in commands[first : first + AT_ONCE]:
            _carry_out(command)
print(len(commands))
