"""Everything ever said comes twice more, in the full example world: no row that a page could read is changed by it."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Model

from coordination.testing import actors
from coordination.testing.clock import today_is
from coordination.testing.house import House

pytestmark = pytest.mark.django_db(databases="__all__")

MESSAGING = {"OutboxEntry", "HandledEvent", "DeadLetter", "SubjectPosition", "AcceptedRequest"}


@pytest.fixture
def world(db, house: House) -> Iterator[House]:
    """The full example world, some work done in it, and all of that delivered."""
    from intake.commands.example import load_basis, load_sheet
    from matching.commands.example import load_register

    with today_is("2025-01-14"):
        load_basis()
        load_register()
        house.deliver()
        assert load_sheet()
        house.deliver()
        _work()
        house.deliver()
        house.pass_minute()
        yield house


def _work() -> None:
    """A spending, a commitment and a request to join, as people do them."""
    from datetime import date

    from intake.commands.entries import record_entry
    from intake.models import Activity
    from matching.commands.participations import request_participation
    from matching.models import Participation, School

    activity = Activity.objects.filter(municipality="9901").earliest("number")
    for kind, cents in (("spending", 123_45), ("commitment", 200_00), ("correction", -23_45)):
        record_entry(
            actor=actors.officer(),
            activity_id=activity.id,
            kind=kind,
            dated_on=date(2024, 11, 1),
            amount_cents=cents,
            funding_source="np_onderwijs",
            divides_cumulative=False,
        )
    joined = Participation.objects.filter(activity=activity.id).values("school")
    school = School.objects.filter(municipality="9901").exclude(pk__in=joined).earliest("name")
    request_participation(actor=actors.coordinator(school.id), activity=activity.id, school=school.id, pupils=12)


def _tables() -> list[type[Model]]:
    return [
        model
        for service in settings.SERVICES
        for model in apps.get_app_config(service).get_models()
        if model.__name__ not in MESSAGING
    ]


def _rows() -> dict[str, list[tuple]]:
    return {model._meta.label: sorted(model.objects.values_list(), key=repr) for model in _tables()}


def test_a_second_redelivery_of_every_event_changes_no_row(world: House):
    before = _rows()
    said = {service: world.said(service) for service in world.services}
    assert sum(map(len, before.values())) > 500
    heard = world.deliver(redeliver=True)
    again = world.deliver(redeliver=True)
    assert again > heard > 100
    after = _rows()
    for table, rows in before.items():
        assert after[table] == rows, table
    assert {service: world.said(service) for service in world.services} == said, "hearing again says nothing"
    assert world.dead_letters() == []


def test_projections_rebuilt_from_the_log_are_what_they_were(world: House):
    from coordination.events.replay import replay
    from coordination.events.subscription import subscriptions_of

    for service in world.listening:
        subscriptions = subscriptions_of(service)
        tables = [apps.get_model(service, name.rsplit(".", 1)[-1]) for name in subscriptions.projections]
        before = {one.__name__: _without_keys(one) for one in tables}
        assert any(before.values()), service
        replay(subscriptions)
        for table in tables:
            assert _without_keys(table) == before[table.__name__], f"{service} {table.__name__}"


def _without_keys(table: type[Model]) -> list[tuple]:
    """All rows, leaving out numbers that a table gives out itself."""
    fields = [one.attname for one in table._meta.concrete_fields if one.get_internal_type() != "BigAutoField"]
    return sorted(table.objects.values_list(*fields), key=repr)
