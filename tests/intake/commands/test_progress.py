from datetime import date

import pytest

from coordination.contracts import catalogue
from coordination.contracts.envelope import Envelope
from coordination.contracts.identifiers import new_id
from coordination.contracts.intake import Indicator, Reach
from coordination.contracts.refusals import Forbidden
from coordination.testing import actors
from intake.commands.progress import report_progress
from intake.models import OutboxEntry, Report

pytestmark = pytest.mark.django_db(databases="__all__")
REPORT = {"actor": actors.officer(), "reported_on": date(2025, 1, 14)}
FAMILIES = Indicator(name="Aantal gezinnen dat het hele traject afmaakt", target="150", value="97")


def last_said():
    return catalogue.event_from(Envelope.from_json(OutboxEntry.objects.latest("number").message))


def test_a_report_says_status_reach_and_one_indicator(register) -> None:
    activity = register(status="running", indicator=FAMILIES)
    report_progress(
        activity_id=activity.id,
        status="delayed",
        status_reason="low_demand",
        participants=120,
        waiting=0,
        indicator=Indicator(name=FAMILIES.name.upper(), value="101.5", evidence="number"),
        **REPORT,
    )
    activity.refresh_from_db()
    assert (activity.status, activity.status_reason, activity.reported_on) == (
        "delayed",
        "low_demand",
        date(2025, 1, 14),
    )
    assert len(activity.indicators) == 1
    assert activity.indicators[0]["target"] == "150" and activity.indicators[0]["value"] == "101.5"
    event = last_said()
    assert event.reach == Reach(participants=120, waiting=0, places=None)
    assert (event.indicator.value, event.indicator.evidence) == ("101.5", "number")


def test_what_is_not_said_stays(register) -> None:
    activity = register(status="running")
    report_progress(activity_id=activity.id, participants=3, **REPORT)
    activity.refresh_from_db()
    assert activity.status == "running"
    assert (last_said().status, last_said().indicator) == (None, None)


def test_a_delay_without_a_reason_is_taken_with_a_warning(register) -> None:
    acted = report_progress(activity_id=register(status="running").id, status="delayed", **REPORT)
    assert acted.warnings


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({}, "nothing-reported"),
        ({"status": "draft"}, "status-not-possible"),
        ({"status": "paused"}, "status-unknown"),
        ({"status": "delayed", "status_reason": "refund"}, "reason-unknown"),
        ({"participants": -1}, "count-negative"),
        ({"places": 10**9}, "count-too-large"),
        ({"participants": 1, "reported_on": date(2025, 1, 15)}, "date-in-future"),
        ({"participants": 1, "reported_on": date(2020, 1, 1)}, "year-outside-programme"),
        ({"participants": 1, "reported_on": None}, "required"),
        ({"indicator": Indicator(name="x", evidence="gevoel")}, "evidence-unknown"),
    ],
)
def test_a_report_that_cannot_be_meant_is_refused(register, refused, wrong, code) -> None:
    activity = register(status="running")
    assert refused(report_progress, activity_id=activity.id, **(REPORT | wrong)) == [code]
    assert not Report.objects.exists()


def test_a_status_does_not_go_back_behind_a_later_report(register, refused) -> None:
    activity = register(status="running")
    report_progress(activity_id=activity.id, participants=5, **REPORT)
    older = REPORT | {"reported_on": date(2024, 12, 1)}
    assert refused(report_progress, activity_id=activity.id, status="completed", **older) == ["report-older"]
    report_progress(activity_id=activity.id, participants=4, **older)
    activity.refresh_from_db()
    assert activity.reported_on == date(2025, 1, 14)


def test_three_indicators_are_enough(register, refused) -> None:
    activity = register(status="running")
    for name in ("een", "twee", "drie"):
        report_progress(activity_id=activity.id, indicator=Indicator(name=name, value="1"), **REPORT)
    fourth = {"activity_id": activity.id, "indicator": Indicator(name="vier", value="1")}
    assert refused(report_progress, **fourth, **REPORT) == ["too-many"]


def test_a_double_click_reports_once(register) -> None:
    activity, act = register(status="running"), new_id()
    for _ in range(2):
        report_progress(activity_id=activity.id, participants=1, act_id=act, **REPORT)
    assert Report.objects.count() == 1


def test_a_budget_holder_does_not_report(register) -> None:
    with pytest.raises(Forbidden):
        report_progress(activity_id=register().id, participants=1, **(REPORT | {"actor": actors.budget_holder()}))
