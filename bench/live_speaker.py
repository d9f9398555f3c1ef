"""Says changes in a process of intake: for each line of its input an allocation to the municipality named there.

Answers each with the moment at which it was kept. In reporting it leads to a notice that names the municipality.
"""

import sys
import time
from datetime import date

import django

django.setup()

from coordination.contracts.identifiers import new_id  # noqa: E402
from coordination.contracts.intake import AllocationGranted  # noqa: E402
from coordination.events.unit_of_work import unit_of_work  # noqa: E402

for line in sys.stdin:
    with unit_of_work("intake", role="budget_holder") as say:
        say(
            AllocationGranted(
                allocation_id=new_id(),
                municipality=line.strip(),
                programme="np_onderwijs",
                component="pupils",
                amount_cents=100,
                granted_on=date(2021, 7, 1),
            )
        )
    print(time.time(), flush=True)
