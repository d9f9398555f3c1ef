"""Makes the databases and lets matching say places 1, 2, 3 … of some activities: speak.py <activities> <places>."""

import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from coordination.contracts.identifiers import new_id  # noqa: E402
from coordination.contracts.matching import PlacesSet  # noqa: E402
from coordination.events.unit_of_work import unit_of_work  # noqa: E402

activities, places = map(int, sys.argv[1:])
for alias in settings.DATABASES:
    if alias != "default":
        call_command("migrate", database=alias, run_syncdb=True, verbosity=0)
ids = [new_id() for _ in range(activities)]
for number in range(1, places + 1):
    with unit_of_work("matching") as say:
        for one in ids:
            say(PlacesSet(activity_id=one, municipality="9901", places=number))
