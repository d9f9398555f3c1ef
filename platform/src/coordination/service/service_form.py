"""Settings of the service form: each service with its own PostgreSQL database, Redis for notices, the log of the house.

Everything comes from the surroundings. What is a secret comes from a file, never from the environment itself.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from coordination.contracts import catalogue
from coordination.service import behind_proxy, blocks, environment, logs, sign_in, today
from coordination.service.kafka import kafka

KAFKA = "coordination.events.kafka.KafkaLog"
POOL = 20
# Whoever stands still inside a unit of work holds up those who took over from him: the database lets go of it then.
IDLE_SECONDS = 30
NUMBERS = ("VIERSPAN_DATABASE_POOL", "VIERSPAN_DATABASE_IDLE_SECONDS")
NEEDED = ("VIERSPAN_URL", "VIERSPAN_DATABASE_HOST", "VIERSPAN_REDIS_URL", *sign_in.NEEDED)
NEEDED_FILES = (
    "VIERSPAN_DATABASE_PASSWORD_FILE",
    "VIERSPAN_IDENTITY_DATABASE_PASSWORD_FILE",
    "VIERSPAN_SECRET_KEY_FILE",
    *sign_in.NEEDED_FILES,
)


def postgresql(
    *, name: str, user: str, password: str, host: str, port: str, pool: int = POOL, idle_seconds: int = IDLE_SECONDS
) -> dict[str, Any]:
    """One PostgreSQL database with a pool of connections that are looked at before they are used.

    A unit of work in which nothing was asked for idle_seconds is undone.
    """
    return {
        "ENGINE": "coordination.service.postgresql",
        "NAME": name,
        "USER": user,
        "PASSWORD": password,
        "HOST": host,
        "PORT": port,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 5,
            "sslmode": os.environ.get("VIERSPAN_DATABASE_SSLMODE") or "prefer",
            "application_name": "vierspan",
            # Prepared at once, and planned for the values given: a plan that was kept since a table was empty reads
            # all of it for each question.
            "prepare_threshold": 0,
            "options": " ".join(
                f"-c {name}={value}"
                for name, value in {
                    "idle_in_transaction_session_timeout": idle_seconds * 1000,
                    "plan_cache_mode": "force_custom_plan",
                }.items()
            ),
            # A database that was away is tried again with each question, so no attempt need last long.
            "pool": {"min_size": 0, "max_size": pool, "timeout": 5, "reconnect_timeout": 3},
        },
    }


def notices_by_redis(url: str, password: str = "") -> dict[str, Any]:
    """The channel layer that reaches the browsers of every web process, from whatever process."""
    host: dict[str, Any] = {"address": url, "socket_connect_timeout": 2, "socket_keepalive": True}
    if password:
        host["password"] = password
    return {
        "default": {
            "BACKEND": "coordination.web.live.redis_layer.RedisLayer",
            "CONFIG": {"hosts": [host], "prefix": "vierspan"},
        }
    }


def settings(service: str, menu: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """All settings of a service in the service form. Raises MissingSetting that names everything that is missing."""
    log = os.environ.get("VIERSPAN_LOG") or KAFKA
    needed = (*NEEDED, "KAFKA_BOOTSTRAP_SERVERS") if log == KAFKA else NEEDED
    password_of_redis = ("VIERSPAN_REDIS_PASSWORD_FILE",) if os.environ.get("VIERSPAN_REDIS_PASSWORD_FILE") else ()
    spoken, given, address, *_numbers = environment.together(
        lambda: {"VIERSPAN_KAFKA": kafka()} if log == KAFKA else {},
        lambda: environment.given(needed, (*NEEDED_FILES, *password_of_redis)),
        environment.address,
        *(lambda name=name: environment.number(name, 1) for name in NUMBERS),
    )
    common = blocks.common(
        services=[service],
        secret_key=given["VIERSPAN_SECRET_KEY_FILE"],
        hosts=["localhost", "127.0.0.1", "[::1]", address.host, *environment.hosts()],
    )
    logs.for_a_gatherer(service)
    today.stand_still()
    return (
        common
        | behind_proxy.settings(service, address)
        | sign_in.settings(service, given)
        | spoken
        | {
            "LOGGING": blocks.logging(logs.of_others()),
            "VIERSPAN_HOUSE": list(dict.fromkeys(entry.owner for entry in catalogue.ENTRIES)),
            "ROOT_URLCONF": "coordination.service.urls",
            "ASGI_APPLICATION": f"{service}.asgi.application",
            "DATABASES": {"default": {}, **_databases(service, given)},
            "CHANNEL_LAYERS": notices_by_redis(
                given["VIERSPAN_REDIS_URL"], given.get("VIERSPAN_REDIS_PASSWORD_FILE", "")
            ),
            "VIERSPAN_MENU": list(menu),
            "VIERSPAN_READY_CHECKS": ["coordination.service.surroundings.databases_answer"],
            "VIERSPAN_DOCTOR": [
                *(f"coordination.service.surroundings.{look}" for look in ("databases", "redis", "log", "messages")),
                "coordination.service.provider.provider",
            ],
            "VIERSPAN_LOG": log,
            "VIERSPAN_BESIDE_WEB": ["coordination.web.live.pulse.keep"],
            "VIERSPAN_OUTBOX_WATCH": "coordination.events.postgresql.DatabaseWatch",
            "STATIC_ROOT": str(Path(os.environ.get("VIERSPAN_DATA") or "var").resolve() / f"static-{service}"),
        }
    )


def _databases(service: str, given: dict[str, str]) -> dict[str, Any]:
    host, port = given["VIERSPAN_DATABASE_HOST"], os.environ.get("VIERSPAN_DATABASE_PORT") or "5432"
    pool = environment.number("VIERSPAN_DATABASE_POOL", POOL)
    idle_seconds = environment.number("VIERSPAN_DATABASE_IDLE_SECONDS", IDLE_SECONDS)
    return {
        service: postgresql(
            name=os.environ.get("VIERSPAN_DATABASE_NAME") or service,
            user=os.environ.get("VIERSPAN_DATABASE_USER") or service,
            password=given["VIERSPAN_DATABASE_PASSWORD_FILE"],
            host=host,
            port=port,
            pool=pool,
            idle_seconds=idle_seconds,
        ),
        "identity": postgresql(
            name=os.environ.get("VIERSPAN_IDENTITY_DATABASE_NAME") or "identity",
            user=os.environ.get("VIERSPAN_IDENTITY_DATABASE_USER") or "identity",
            password=given["VIERSPAN_IDENTITY_DATABASE_PASSWORD_FILE"],
            host=os.environ.get("VIERSPAN_IDENTITY_DATABASE_HOST") or host,
            port=os.environ.get("VIERSPAN_IDENTITY_DATABASE_PORT") or port,
            pool=pool,
            idle_seconds=idle_seconds,
        ),
    }
