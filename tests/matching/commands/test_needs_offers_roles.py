"""Needs, places and roles of partners: who may set them, and what is refused."""

import pytest

from coordination.contracts.intake import NamedPartner
from coordination.contracts.refusals import Forbidden, Invalid, NotFound, Outdated
from matching.commands.needs import state_needs
from matching.commands.offers import set_places
from matching.commands.participations import decide, request_participation
from matching.commands.partner_roles import confirm_role, decline_role
from matching.models import OutboxEntry, PartnerRole

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_needs_are_a_list_set_whole_by_the_school_itself(world):
    school = world.schools["90AA"]
    need = state_needs(actor=world.coordinator(), school=school, target_groups=["parents", "mental_problems"])
    assert (need.target_groups, need.stated_on.isoformat()) == (["mental_problems", "parents"], "2025-01-14")
    said = OutboxEntry.objects.count()
    state_needs(actor=world.coordinator(), school=school, target_groups=["mental_problems", "parents"])
    assert OutboxEntry.objects.count() == said
    with pytest.raises(Outdated):
        state_needs(actor=world.coordinator(), school=school, target_groups=[], expected_version=0)
    with pytest.raises(Invalid):
        state_needs(actor=world.coordinator(), school=school, target_groups=["<script>"])
    with pytest.raises(Forbidden):
        state_needs(actor=world.officer(), school=school, target_groups=[])
    with pytest.raises(NotFound):
        state_needs(actor=world.coordinator("90AB"), school=school, target_groups=[])


def test_places_never_go_below_the_pupils_that_take_part(world):
    activity = world.activity()
    asked = request_participation(actor=world.coordinator(), activity=activity, school=world.schools["90AA"], pupils=12)
    decide(actor=world.officer(), participation=asked.pk, decision="accept")
    for places in (11, -1, 100_001, "3", True):
        with pytest.raises(Invalid):
            set_places(actor=world.officer(), activity=activity, places=places)
    offer = set_places(actor=world.officer(), activity=activity, places=12)
    with pytest.raises(Outdated) as refusal:
        set_places(actor=world.officer(), activity=activity, places=13, expected_version=offer.version - 1)
    assert (refusal.value.yours, refusal.value.current) == (13, 12)
    with pytest.raises(NotFound):
        set_places(actor=world.officer("9902"), activity=activity, places=5)
    with pytest.raises(NotFound):
        set_places(actor=world.coordinator(), activity=activity, places=5)


def test_a_partner_answers_for_itself_with_a_reason(world):
    name = "Stichting Welzijn Polderlicht"
    world.activity(partners=(NamedPartner(partner_id=world.partners[name], name=name),))
    role = PartnerRole.objects.get()
    with pytest.raises(Invalid):
        decline_role(actor=world.partner(), role=role.pk, reason=None)
    assert decline_role(actor=world.partner(), role=role.pk, reason="no_capacity").state == "declined"
    assert confirm_role(actor=world.partner(), role=role.pk).state == "confirmed"
    confirm_role(actor=world.partner(), role=role.pk)
    assert OutboxEntry.objects.filter(topic="matching.partner-roles").count() == 3
    with pytest.raises(NotFound):
        confirm_role(actor=world.partner("Stichting Boekenboot"), role=role.pk)
    with pytest.raises(Forbidden):
        confirm_role(actor=world.officer(), role=role.pk)
