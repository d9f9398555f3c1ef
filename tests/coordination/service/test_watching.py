"""The port of a process for figures and health: what it tells, and what it cannot."""

from collections.abc import Callable

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from coordination.contracts.identifiers import new_id
from coordination.contracts.matching import PlacesSet
from coordination.events import seen
from coordination.events.unit_of_work import unit_of_work
from coordination.service import watching
from coordination.service.standing import Standing


def ask(path: str) -> tuple[str, str]:
    """The status and text at a path."""
    status: list[str] = []
    body = b"".join(
        watching.application(
            {"PATH_INFO": path, "REQUEST_METHOD": "GET", "QUERY_STRING": ""}, lambda line, _headers: status.append(line)
        )
    )
    return status[0], body.decode()


@pytest.fixture
def told() -> Callable[..., dict[str, float]]:
    """The figures of services at this moment, by name and labels."""

    def read(*services: str) -> dict[str, float]:
        registry = CollectorRegistry()
        registry.register(Standing(services))
        lines = generate_latest(registry).decode().splitlines()
        return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines if not line.startswith("#")}

    return read


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_service_tells_what_waits(told):
    with unit_of_work("matching", role="policy_officer") as say:
        say(PlacesSet(activity_id=new_id(), municipality="9901", places=3))
    figures = told("matching", "reporting")
    assert figures['vierspan_outbox_depth{service="matching"}'] == 1
    assert 0 < figures['vierspan_outbox_oldest_seconds{service="matching"}'] < 60
    assert figures['vierspan_outbox_oldest_seconds{service="reporting"}'] == 0
    assert figures['vierspan_consumer_lag{service="reporting"}'] == 0
    assert figures['vierspan_dead_letters{cause="fault",service="reporting"}'] == 0


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_what_cannot_be_told_is_left_out_and_never_0(told, settings):
    settings.VIERSPAN_LOG = "coordination.events.embedded.log.NoSuchLog"
    figures = told("reporting")
    assert not any(name.startswith("vierspan_consumer_lag") for name in figures)
    assert figures['vierspan_outbox_depth{service="reporting"}'] == 0


def test_health_is_whether_loops_go_round(monkeypatch):
    monkeypatch.setattr(seen, "_rounds", {})
    assert ask("/healthz")[0] == "200 OK"
    seen.round_made(service="reporting", loop="consume")
    assert ask("/healthz")[0] == "200 OK"
    monkeypatch.setattr(watching, "STUCK_AFTER", -1)
    status, text = ask("/healthz")
    assert status.startswith("503") and "reporting consume" in text


def test_there_is_nothing_else_at_that_port():
    assert ask("/")[0].startswith("404")
    status, text = ask("/metrics")
    assert status.startswith("200") and "vierspan_command_seconds" in text
