"""Notices: who may know hears at once that something changed, and nobody else hears anything."""

import pytest

from coordination.contracts.intake import NamedPartner
from coordination.events.notices import Notice
from matching.commands.offers import set_places
from matching.commands.participations import decide, request_participation, withdraw
from matching.commands.partner_roles import confirm_role
from matching.commands.register import register_school
from matching.models import PartnerRole

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
NAME = "Stichting Welzijn Polderlicht"
HEARD: list[Notice] = []


def take(_service, notices):
    """What the server would send to browsers."""
    HEARD.extend(notices)


@pytest.fixture
def heard(world, settings):
    """What was heard since the last time it was asked."""
    settings.VIERSPAN_NOTICE_SINK = f"{__name__}.take"
    HEARD.clear()

    def _heard():
        found = {(one.subject, one.id, audience) for one in HEARD for audience in one.audience}
        HEARD.clear()
        return found

    return _heard


def ask(world, activity, brin="90AA"):
    return request_participation(actor=world.coordinator(brin), activity=activity, school=world.schools[brin], pupils=5)


def of_school(world, brin):
    key = str(world.schools[brin])
    return ("school", key, f"school:{key}")


def of_partner(world):
    key = str(world.partners[NAME])
    return ("partner", key, f"partner:{key}")


REQUESTS = ("requests", "9901", "municipality:9901")


def test_a_request_and_its_answer_reach_school_officer_and_partner_only(world, heard):
    activity = world.activity(partners=(NamedPartner(partner_id=world.partners[NAME], name=NAME),))
    heard()
    asked = ask(world, activity)
    everyone = {of_school(world, "90AA"), of_partner(world), REQUESTS}
    assert heard() == everyone
    decide(actor=world.officer(), participation=asked.pk, decision="accept")
    assert heard() == everyone


def test_a_withdrawal_reaches_the_school_that_moves_up(world, heard):
    activity = world.activity()
    first = ask(world, activity)
    decide(actor=world.officer(), participation=first.pk, decision="accept")
    set_places(actor=world.officer(), activity=activity, places=5)
    ask(world, activity, "90AB")
    heard()
    withdraw(actor=world.coordinator(), participation=first.pk)
    assert heard() == {of_school(world, "90AA"), of_school(world, "90AB"), REQUESTS}


def test_the_answer_of_a_partner_reaches_the_officer(world, heard):
    world.activity(partners=(NamedPartner(partner_id=world.partners[NAME], name=NAME),))
    heard()
    confirm_role(actor=world.partner(), role=PartnerRole.objects.get().pk)
    assert heard() == {of_partner(world), REQUESTS}


def test_what_is_undone_or_changes_nothing_is_not_told(world, heard):
    activity = world.activity()
    ask(world, activity)
    heard()
    ask(world, activity)
    assert heard() == set()


def test_the_register_tells_its_municipality_and_the_house(world, heard):
    register_school(
        actor=world.officer(), code="94AA", name="De Meent", school_types=["basisschool"], municipality="9901"
    )
    assert heard() == {("register", "9901", "municipality:9901"), ("register", "9901", "house:house")}
