"""One act followed through the log lines of all services by its trace, and what those lines never hold."""

import json
from collections.abc import Callable

import pytest
import structlog

from coordination.contracts.envelope import Envelope
from coordination.service import logs
from coordination.service.environment import MissingSetting
from coordination.testing.clock import today_is
from coordination.testing.people import Api, account_of
from intake.models.messaging import OutboxEntry

TRACE = "5b8efff798038103d269b633813fc60c"
ACTIVITY = {
    "title": "Voorleesmaatjes aan huis",
    "measureType": "home_reading_support",
    "startsOn": "2021-11-01",
    "endsOn": "2025-07-31",
    "totalCents": 11875000,
}


@pytest.fixture
def lines(monkeypatch, capsys) -> Callable[[], list[dict]]:
    """What was written since the last look, as a gatherer reads it, with a line for each message."""
    before = structlog.get_config()
    monkeypatch.setattr(logs, "_about", {})
    monkeypatch.setenv("VIERSPAN_LOG_LEVEL", "debug")
    logs.for_a_gatherer("house")
    logs.named("serve")
    yield lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    structlog.configure(**before)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_one_command_is_found_in_the_lines_of_every_process_it_reaches(house, lines):
    from intake.commands.example import load_basis

    with today_is("2025-01-14"):
        load_basis()
        house.deliver()
        lines()
        officer = Api("intake", account_of("policy_officer", name="Noor de Beleidsmaker"))
        answer = officer.post("/activities", ACTIVITY, traceparent=f"00-{TRACE}-00f067aa0ba902b7-01")
        assert answer.status_code == 201
        house.deliver()
    said = lines()
    followed = [line for line in said if line.get("trace") == TRACE]
    assert {line["correlation"] for line in followed} == {answer["X-Request-Id"]}
    found = {(line["event"], line["service"]) for line in followed}
    assert found >= {("request", "intake"), ("command", "intake"), ("event_sent", "intake")}
    assert found >= {("event_heard", "matching"), ("event_heard", "reporting")}

    (asked,) = [line for line in followed if line["event"] == "request"]
    assert (asked["process"], asked["level"], asked["method"], asked["status"]) == ("web", "info", "POST", 201)
    (done,) = [line for line in followed if line["event"] == "command"]
    assert (done["command"], done["outcome"]) == ("register_activity", "kept")
    heard = {line["id"] for line in followed if line["event"] == "event_heard" and line["service"] == "reporting"}
    assert heard == set(done["said"])
    told = json.dumps(said)
    assert "Noor" not in told and "Voorleesmaatjes" not in told and "11875000" not in told
    # The part that intake had in it is its own; the trace is that of whoever asked.
    traces = {Envelope.from_json(row.message).traceparent for row in OutboxEntry.objects.filter(id__in=done["said"])}
    (own,) = traces
    assert own.startswith(f"00-{TRACE}-") and own.endswith("-01") and "00f067aa0ba902b7" not in own


def test_lines_of_libraries_have_the_same_form(lines, capsys):
    import logging

    handler = logging.StreamHandler()
    form = logs.of_others()
    handler.setFormatter(form.pop("()")(**form))
    logger = logging.getLogger("some.library")
    logger.addHandler(handler)
    try:
        1 / 0  # noqa: B018
    except ZeroDivisionError:
        logger.exception("Internal Server Error: %s", "/intake/")
    finally:
        logger.removeHandler(handler)
    line = json.loads(capsys.readouterr().err.splitlines()[0])
    assert (line["event"], line["level"], line["service"]) == ("Internal Server Error: /intake/", "error", "house")
    assert "ZeroDivisionError" in line["exception"]


def test_a_level_that_does_not_exist_is_named(monkeypatch):
    monkeypatch.setenv("VIERSPAN_LOG_LEVEL", "luid")
    with pytest.raises(MissingSetting, match="VIERSPAN_LOG_LEVEL"):
        logs.for_a_person()
