"""What is wrong around a process, in words: its databases, Redis and the log. The settings name the looks to take."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, Error, connections, router
from django.db.migrations.executor import MigrationExecutor
from django.utils.module_loading import import_string

PATIENCE = 3


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing looked at: how it is in words, and whether that is well."""

    what: str
    well: bool
    words: str


def examine(service: str) -> int:
    """Print everything there is to say at once; 0 when all is well, 1 when something needs a person."""
    findings = look(service, getattr(settings, "VIERSPAN_DOCTOR", LOOKS))
    for finding in findings:
        print(f"{'goed ' if finding.well else 'FOUT '} {finding.what}: {finding.words}")
    wrong = sum(not finding.well for finding in findings)
    print("Alles in orde." if not wrong else f"{wrong} van de {len(findings)} vragen om aandacht.")
    return 1 if wrong else 0


def look(service: str, looks: Sequence[str]) -> list[Finding]:
    """What these looks find, one after another; one that breaks hides nothing of what the others see."""
    return [finding for name in looks for finding in _look(name, service)]


def databases(service: str) -> list[Finding]:
    """Each database: whether it answers, keeps text as it should, and has the tables of this version."""
    return [_database(alias) for alias in settings.DATABASES if alias != DEFAULT_DB_ALIAS]


def databases_answer() -> tuple[bool, str]:
    """Whether every database answers now; a check of readiness."""
    silent = []
    for alias in settings.DATABASES:
        if alias == DEFAULT_DB_ALIAS:
            continue
        try:
            with connections[alias].cursor() as cursor:
                cursor.execute("SELECT 1")
        except Error:
            silent.append(alias)
    return not silent, "database: " + ", ".join(silent) if silent else "databases"


def redis(service: str) -> list[Finding]:
    """Every Redis of the channel layer: whether it answers."""
    from redis import Redis, RedisError

    findings = []
    for host in settings.CHANNEL_LAYERS["default"]["CONFIG"]["hosts"]:
        what = f"Redis {_without_secrets(host['address'])}"
        try:
            given = {key: value for key, value in host.items() if key == "password"}
            with Redis.from_url(
                host["address"], socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE, **given
            ) as client:
                client.ping()
        except (RedisError, OSError, ValueError) as fault:
            findings.append(Finding(what=what, well=False, words=f"antwoordt niet ({_first_line(fault)})"))
        else:
            findings.append(Finding(what=what, well=True, words="antwoordt"))
    return findings


def log(service: str) -> list[Finding]:
    """The log: whether it answers and how far this service is; what its topics lack, when the log can tell that."""
    from coordination.events.lag import unheard
    from coordination.events.log import LogUnavailable, new_log

    name = settings.VIERSPAN_LOG.rsplit(".", 1)[-1]
    try:
        opened = new_log()
    except Exception as fault:
        return [Finding(what=name, well=False, words=f"kan niet worden geopend ({_first_line(fault)})")]
    try:
        problems = getattr(opened, "problems", list)()
        try:
            words = f"antwoordt; {unheard(service, opened)} berichten nog niet gehoord"
        except LogUnavailable:
            # A topic is missing or without a leader, which the problems tell each for itself.
            if not problems:
                raise
            words = "antwoordt"
    except LogUnavailable as fault:
        return [Finding(what=name, well=False, words=_first_line(fault))]
    except Exception as fault:
        return [Finding(what=name, well=False, words=f"antwoordt niet ({_first_line(fault)})")]
    finally:
        opened.close()
    return [
        Finding(what=name, well=True, words=words),
        *(Finding(what=name, well=False, words=problem) for problem in problems),
    ]


def messages(service: str) -> list[Finding]:
    """What this service said and did not send yet, and what it heard and could not handle."""
    from coordination.events.dead_letters import dead_letters
    from coordination.events.lag import unsent

    try:
        waiting, parked = unsent(service), dead_letters(service).count()
    except Error:
        return []
    return [
        Finding(what="te verzenden", well=True, words=f"{waiting} berichten"),
        Finding(what="vastgelopen", well=not parked, words=f"{parked} berichten"),
    ]


LOOKS = [f"{__name__}.{look}" for look in ("databases", "log", "messages")]


def _look(name: str, service: str) -> list[Finding]:
    try:
        return import_string(name)(service)
    except Exception as fault:
        return [
            Finding(what=name.rsplit(".", 1)[-1], well=False, words=f"{type(fault).__name__}: {_first_line(fault)}")
        ]


def _database(alias: str) -> Finding:
    connection = connections[alias]
    where = _place_of(connection.settings_dict)
    what = f"database {alias} ({where})"
    try:
        if connection.vendor == "postgresql":
            encoding, keeps = _ask_directly(connection)
            if encoding != "UTF8":
                return Finding(what=what, well=False, words=f"bewaart tekst als {encoding}; maak haar met UTF8")
            if keeps == "off":
                return Finding(what=what, well=False, words="kan verliezen wat zij bevestigde (synchronous_commit off)")
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (Error, ImproperlyConfigured) as fault:
        return Finding(what=what, well=False, words=f"antwoordt niet ({_first_line(fault)})")
    except Exception as fault:
        return Finding(what=what, well=False, words=f"{type(fault).__name__}: {_first_line(fault)}")
    finally:
        connection.close()
    own = [migration for migration, _backwards in missing if _belongs(alias, migration)]
    if own:
        names = ", ".join(f"{one.app_label} {one.name}" for one in own)
        return Finding(what=what, well=False, words=f"mist tabellen van deze versie ({names}); voer migrate uit")
    return Finding(what=what, well=True, words="antwoordt, tabellen bijgewerkt")


def _ask_directly(connection: Any) -> tuple[str, str]:
    """Its encoding and whether it keeps what it confirms, asked outside the pool: that tells at once what is wrong."""
    import psycopg

    given = connection.get_connection_params()
    for name in ("cursor_factory", "context", "prepare_threshold"):
        given.pop(name, None)
    with connection.wrap_database_errors, psycopg.connect(**given | {"connect_timeout": PATIENCE}) as asked:
        row = asked.execute(
            "SELECT current_setting('server_encoding'), current_setting('synchronous_commit')"
        ).fetchone()
    return row or ("", "")


def _belongs(alias: str, migration: Any) -> bool:
    return router.allow_migrate(alias, migration.app_label)


def _place_of(given: dict[str, Any]) -> str:
    if given.get("HOST"):
        return f"{given['USER']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"
    return str(given["NAME"])


def _without_secrets(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.hostname or ''}:{parts.port or 6379}{parts.path}"


def _first_line(fault: BaseException) -> str:
    return str(fault).strip().splitlines()[0] if str(fault).strip() else type(fault).__name__
