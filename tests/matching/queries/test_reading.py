"""Reading the register, needs, places, roles and requests: what is one's own, and in which order."""

import pytest

from coordination.contracts.intake import NamedPartner
from coordination.contracts.refusals import Invalid, NotFound
from coordination.web.filters import filtered
from matching.commands.needs import state_needs
from matching.commands.offers import set_places
from matching.commands.participations import request_participation
from matching.commands.partner_roles import confirm_role, decline_role
from matching.models import PartnerRole
from matching.queries.needs import needs_in, needs_of
from matching.queries.offers import offer_for
from matching.queries.participations import requests_in, schools_in_activities
from matching.queries.partner_roles import role_for, roles_for, roles_of
from matching.queries.register import (
    PartnerFilter,
    SchoolFilter,
    own_municipalities,
    partner_for,
    partners_for,
    registers_for,
    school_for,
    schools_for,
)

pytestmark = pytest.mark.django_db(databases="__all__")
NAME = "Stichting Welzijn Polderlicht"


def named(world, name=NAME):
    return (NamedPartner(partner_id=world.partners[name], name=name),)


def test_the_register_is_read_by_ones_own_municipality(world):
    assert {one.municipality for one in schools_for(world.officer())} == {"9901"}
    assert schools_for(world.administrator()).count() == 19
    assert [one.brin for one in schools_for(world.coordinator())] == ["90AA"]
    assert not schools_for(world.partner()).exists()
    assert [one.name for one in partners_for(world.partner())] == [NAME]
    assert all("9903" in one.municipalities for one in partners_for(world.officer("9903")))
    for actor in (world.coordinator("90AB"), world.officer("9902"), world.officer(role="council_member")):
        with pytest.raises(NotFound):
            school_for(actor, world.schools["90AA"])
    with pytest.raises(NotFound):
        partner_for(world.officer("9903"), world.partners[NAME])


def test_who_keeps_the_register(world):
    assert registers_for(world.officer()) == [("9901", "Merenstad")]
    assert [name for _code, name in registers_for(world.administrator())] == [
        "Dijkermond",
        "Heidehoek",
        "Merenstad",
        "Sint Columba",
    ]
    assert registers_for(world.officer(role="budget_holder")) == []
    assert own_municipalities(world.officer(role="budget_holder")) == ["9901"]
    assert own_municipalities(world.officer(role="council_member")) == []


def test_filters_find_and_refuse(world):
    everyone = partners_for(world.administrator())
    assert {one.name for one in filtered(PartnerFilter, everyone, {"q": "POLDERLICHT"})} == {NAME}
    assert filtered(PartnerFilter, everyone, {"partnerType": "library"}).count() == 3
    schools = schools_for(world.administrator())
    assert [one.name for one in filtered(SchoolFilter, schools, {"brin": "90aa"})] == ["De Lisdoddekring"]
    with pytest.raises(Invalid):
        filtered(SchoolFilter, schools, {"q": "\x00"})


def test_needs_are_counted_without_naming_a_school(world):
    for brin, groups in (("90AA", ["parents"]), ("90AB", ["parents", "mental_problems"]), ("91BA", ["parents"])):
        state_needs(actor=world.coordinator(brin), school=world.schools[brin], target_groups=groups)
    assert needs_in("9901") == {"parents": 2, "mental_problems": 1}
    assert list(needs_in("9901")) == ["parents", "mental_problems"]
    found = needs_of(world.officer(), world.schools["90AA"])
    assert (found.target_groups, found.version) == (("parents",), 1)
    assert "all_pupils" not in found.choices
    with pytest.raises(NotFound):
        needs_of(world.officer("9902"), world.schools["90AA"])


def test_places_nobody_set_are_no_limit(world):
    activity = world.activity()
    assert offer_for(world.officer(), activity)[1].places is None
    for actor in (world.coordinator(), world.officer("9902"), world.officer(role="council_member")):
        with pytest.raises(NotFound):
            offer_for(actor, activity)


def test_roles_without_an_answer_come_first(world):
    for number in ("MRS-001", "MRS-002", "MRS-003"):
        world.activity(number=number, partners=named(world))
    roles = {one.activity.number: one for one in PartnerRole.objects.select_related("activity")}
    confirm_role(actor=world.partner(), role=roles["MRS-001"].pk)
    decline_role(actor=world.partner(), role=roles["MRS-002"].pk, reason="no_capacity")
    found = roles_of(world.partner(), world.partners[NAME])
    assert [(one.activity.number, one.state) for one in found] == [
        ("MRS-003", "named"),
        ("MRS-001", "confirmed"),
        ("MRS-002", "declined"),
    ]
    assert roles_for(world.officer()).count() == 3
    assert not roles_for(world.officer("9902")).exists()
    with pytest.raises(NotFound):
        role_for(world.partner("Stichting Boekenboot"), roles["MRS-001"].pk)


def test_requests_come_first_and_then_waiting_lists(world):
    world.activity(number="MRS-001")
    full = world.activity(number="MRS-002")
    asked = world.activity(number="MRS-003")
    set_places(actor=world.officer(), activity=full, places=0)
    for activity in (full, asked):
        request_participation(actor=world.coordinator(), activity=activity, school=world.schools["90AA"], pupils=3)
    found = requests_in(world.officer(), "9901")
    assert [one.activity.number for one in found] == ["MRS-003", "MRS-002", "MRS-001"]
    assert [len(one.waiting) for one in found] == [0, 1, 0]


def test_a_partner_reads_schools_only_of_what_names_it(world):
    mine = world.activity(number="MRS-001", partners=named(world), schools=(world.schools["90AA"],))
    other = world.activity(number="MRS-002", schools=(world.schools["90AB"],))
    found = schools_in_activities(world.partner(), [mine, other])
    assert {key: [one.school.brin for one in rows] for key, rows in found.items()} == {mine: ["90AA"]}
    decline_role(actor=world.partner(), role=PartnerRole.objects.get().pk, reason="wrongly_named")
    assert schools_in_activities(world.partner(), [mine, other]) == {}
