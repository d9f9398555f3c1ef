"""A private PostgreSQL cluster for the tests of this folder, and processes on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faults.processes import Processes as PostgresProcesses

from coordination.testing.postgresql import Cluster


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A running PostgreSQL server; a test that stops it starts it again."""
    made = Cluster().start()
    yield made
    made.remove()


@pytest.fixture
def postgres_processes(tmp_path: Path, cluster: Cluster) -> Iterator[PostgresProcesses]:
    """Processes that are gone after the test."""
    made = PostgresProcesses(tmp_path, cluster)
    yield made
    made.end()
