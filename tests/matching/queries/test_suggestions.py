"""Suggestions for a school, from copies: what it sees, in which order, and what stays hidden."""

import pytest

from coordination.contracts.intake import NamedPartner
from coordination.contracts.refusals import NotFound
from matching.commands.needs import state_needs
from matching.commands.offers import set_places
from matching.commands.participations import decide, request_participation
from matching.queries.participations import participations_for, projects_of, requests_in
from matching.queries.suggestions import suggestion_for, suggestions_for

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def numbers(found):
    return [one.activity.number for one in found]


def test_a_school_sees_what_is_open_here_and_what_names_it(world):
    world.activity(number="MRS-001")
    world.activity(number="MRS-002", status="completed")
    world.activity(number="MRS-003", status="draft")
    world.activity(number="MRS-004", sectors=("vo",), school_types=("vmbo",))
    world.activity(number="DKM-001", municipality="9902")
    world.activity(number="HDH-001", municipality="9903", schools=(world.schools["90AA"],))
    found = suggestions_for(world.coordinator(), world.schools["90AA"])
    assert numbers(found.to_ask) == ["MRS-001"]
    assert numbers(found.not_fitting) == ["MRS-004"]
    assert numbers(found.joined) == ["HDH-001"]


def test_a_need_puts_an_activity_first(world):
    world.activity(number="MRS-001")
    world.activity(number="MRS-002", target_groups=("parents",))
    state_needs(actor=world.coordinator(), school=world.schools["90AA"], target_groups=["parents"])
    assert numbers(suggestions_for(world.coordinator(), world.schools["90AA"]).to_ask) == ["MRS-002", "MRS-001"]


def test_another_school_cannot_read_them(world):
    activity = world.activity()
    for actor in (world.coordinator("90AB"), world.officer("9902"), world.partner()):
        with pytest.raises(NotFound):
            suggestions_for(actor, world.schools["90AA"])
        with pytest.raises(NotFound):
            projects_of(actor, world.schools["90AA"])
    with pytest.raises(NotFound):
        suggestion_for(world.coordinator("91BA"), world.schools["91BA"], activity)
    with pytest.raises(NotFound):
        requests_in(world.officer("9902"), "9901")


def test_few_pupils_of_another_school_cannot_be_read_from_the_places(world):
    activity = world.activity()
    set_places(actor=world.officer(), activity=activity, places=60)
    asked = request_participation(actor=world.coordinator(), activity=activity, school=world.schools["90AA"], pupils=3)
    decide(actor=world.officer(), participation=asked.pk, decision="accept")
    (found,) = suggestions_for(world.coordinator("90AB"), world.schools["90AB"]).to_ask
    assert found.suggestion.places.value == "56 of meer van 60"
    assert not participations_for(world.coordinator("90AB")).exists()
    assert participations_for(world.officer()).count() == 1
    assert not participations_for(world.officer("9902")).exists()


def test_a_row_whose_school_was_never_met_is_kept_and_not_shown(world):
    from coordination.contracts.identifiers import new_id

    world.activity(schools=(new_id(),))
    assert participations_for(world.officer()).count() == 0
    (found,) = requests_in(world.officer(), "9901")
    assert found.joined == []


def test_a_partner_is_known_by_what_still_runs(world):
    name = "Jeugdhulp De Steiger"
    named = (NamedPartner(partner_id=world.partners[name], name=name),)
    school = world.schools["90AA"]
    world.activity(number="MRS-001", title="Zomerschool", status="completed", partners=named, schools=(school,))
    offered = world.activity(number="MRS-002", partners=named)
    assert not suggestion_for(world.coordinator(), school, offered).suggestion.known_partner
    world.activity(number="MRS-003", title="Terug in ritme: aanpak", partners=named, schools=(school,))
    found = suggestion_for(world.coordinator(), school, offered).suggestion
    assert "Dezelfde partner werkt al op uw school: Terug in ritme." in [one.sentence for one in found.reasons]
