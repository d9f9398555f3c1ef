"""The house driver brings what one service says to those that listen, once or twice."""

import pytest
from django.test import override_settings

from coordination.contracts.identifiers import new_id
from coordination.contracts.matching import PlacesSet
from coordination.events.embedded.models import LogRecord
from coordination.events.unit_of_work import unit_of_work
from coordination.testing.house import House

pytestmark = pytest.mark.django_db(databases="__all__")


def test_it_sends_everything_that_was_said(house: House):
    with unit_of_work("matching") as say:
        say(PlacesSet(activity_id=new_id(), municipality="9901", places=3))
    with override_settings(SERVICES=["matching"]):
        sender = House()
        sender.services = ("matching",)
        sender.deliver()
        assert LogRecord.objects.count() == 1
        assert sender.said("matching") == [PlacesSet.TYPE]
        sender.deliver(redeliver=True)
        assert LogRecord.objects.count() == 2
        assert sender.dead_letters() == []


def test_a_quiet_house_stays_quiet(house: House):
    assert house.deliver() == 0
