"""The databases of all services at once, in the service form: for a command that ends, never for a process that serves.

The example world needs it. Its services meet in the log here too, for each is sent and heard for by its own processes.
"""

import os

from coordination.service import blocks, environment, logs, service_form, today
from coordination.service.kafka import kafka

PASSWORDS = {
    "identity": "VIERSPAN_IDENTITY_DATABASE_PASSWORD_FILE",
    "intake": "VIERSPAN_INTAKE_DATABASE_PASSWORD_FILE",
    "matching": "VIERSPAN_MATCHING_DATABASE_PASSWORD_FILE",
    "reporting": "VIERSPAN_REPORTING_DATABASE_PASSWORD_FILE",
}
_of_redis = ["VIERSPAN_REDIS_PASSWORD_FILE"] if os.environ.get("VIERSPAN_REDIS_PASSWORD_FILE") else []
_given = environment.given(
    ["VIERSPAN_DATABASE_HOST", "VIERSPAN_REDIS_URL", "KAFKA_BOOTSTRAP_SERVERS"],
    ["VIERSPAN_SECRET_KEY_FILE", *PASSWORDS.values(), *_of_redis],
)

globals().update(
    blocks.common(
        services=["intake", "matching", "reporting"],
        secret_key=_given["VIERSPAN_SECRET_KEY_FILE"],
        hosts=["localhost"],
    )
)
logs.for_a_gatherer("vierspan")
today.stand_still()
ROOT_URLCONF = "coordination.service.urls"
DATABASES = {
    "default": {},
    **{
        name: service_form.postgresql(
            name=name,
            user=name,
            password=_given[variable],
            host=_given["VIERSPAN_DATABASE_HOST"],
            port=os.environ.get("VIERSPAN_DATABASE_PORT") or "5432",
        )
        for name, variable in PASSWORDS.items()
    },
}
CHANNEL_LAYERS = service_form.notices_by_redis(
    _given["VIERSPAN_REDIS_URL"], _given.get("VIERSPAN_REDIS_PASSWORD_FILE", "")
)
VIERSPAN_KAFKA = kafka()
VIERSPAN_LOG = service_form.KAFKA
VIERSPAN_OUTBOX_WATCH = "coordination.events.postgresql.DatabaseWatch"
VIERSPAN_MENU: list = []
