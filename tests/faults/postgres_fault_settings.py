"""Two services in processes of their own on PostgreSQL: matching speaks, echo listens, the embedded log in a file."""

import os

from fault_settings import *  # noqa: F403

from coordination.service import service_form

for _name in ("matching", "echo"):
    DATABASES[_name] = service_form.postgresql(  # noqa: F405
        name=_name, user=_name, password=os.environ["PASSWORD"], host="127.0.0.1", port=os.environ["DATABASE_PORT"]
    )
VIERSPAN_OUTBOX_WATCH = "coordination.events.postgresql.DatabaseWatch"
