"""What the service form stands on, for benchmarks: PostgreSQL with its default durable settings, Redis, Kafka."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coordination.testing.postgresql import KEPT, Cluster

ROOT = Path(__file__).parents[1]
NAMES = ("identity", "intake", "matching", "reporting")
NOWHERE = "127.0.0.1:1"


@contextmanager
def databases() -> Iterator[tuple[Cluster, dict[str, str]]]:
    """A database per service that keeps what it confirms; with the environment every process needs to reach it."""
    cluster = Cluster(settings=KEPT).start()
    folder = Path(tempfile.mkdtemp(prefix="vierspan-bench-"))
    try:
        for name in NAMES:
            (folder / f"{name}-database-password").write_text(secrets.token_urlsafe(12))
        (folder / "secret-key").write_text(secrets.token_urlsafe(50))
        cluster.run_script(ROOT / "infra/postgres/create-databases.sh", SECRETS=str(folder))
        yield cluster, _environment(folder, cluster)
    finally:
        cluster.remove()
        shutil.rmtree(folder, ignore_errors=True)


def of_service(environment: dict[str, str], service: str, **more: str) -> dict[str, str]:
    """The environment of a process of one service; more goes on top."""
    folder = Path(environment["VIERSPAN_DATA"])
    own = {
        "DJANGO_SETTINGS_MODULE": f"{service}.settings_service",
        "VIERSPAN_DATABASE_PASSWORD_FILE": str(folder / f"{service}-database-password"),
    }
    return environment | own | more


def _environment(folder: Path, cluster: Cluster) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "VIERSPAN", "OIDC"))}
    (folder / "client-secret").write_text(secrets.token_urlsafe(20))
    return kept | {
        "PYTHONPATH": str(ROOT),
        "VIERSPAN_DATA": str(folder),
        "VIERSPAN_DATABASE_HOST": "127.0.0.1",
        "VIERSPAN_DATABASE_PORT": str(cluster.port),
        "VIERSPAN_IDENTITY_DATABASE_PASSWORD_FILE": str(folder / "identity-database-password"),
        "VIERSPAN_SECRET_KEY_FILE": str(folder / "secret-key"),
        "VIERSPAN_URL": "http://127.0.0.1:8080",
        "OIDC_ISSUER": "http://127.0.0.1:1/realms/vierspan",
        "OIDC_CLIENT_SECRET_FILE": str(folder / "client-secret"),
        "VIERSPAN_REDIS_URL": f"redis://{NOWHERE}/0",
        "KAFKA_BOOTSTRAP_SERVERS": NOWHERE,
        "KAFKA_REPLICATION": "1",
    }
