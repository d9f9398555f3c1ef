"""The embedded form of the tests on PostgreSQL instead of SQLite: a private cluster, started once for the run."""

import atexit

from tests.embedded_settings import *  # noqa: F403

from coordination.testing.postgresql import SUPERUSER, Cluster

CLUSTER = Cluster().start()
atexit.register(CLUSTER.remove)

for _name in ("identity", "intake", "matching", "reporting"):
    DATABASES[_name] = {  # noqa: F405
        "ENGINE": "coordination.service.postgresql",
        "NAME": _name,
        "USER": SUPERUSER,
        "HOST": str(CLUSTER.folder),
        "PORT": str(CLUSTER.port),
        "TEST": {"NAME": f"test_{_name}"},
    }
VIERSPAN_OUTBOX_WATCH = "coordination.events.postgresql.DatabaseWatch"
