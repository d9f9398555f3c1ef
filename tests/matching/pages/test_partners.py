"""A partner sees what names it, says yes or no with a reason, and nobody answers for it."""

import pytest

from coordination.contracts.intake import NamedPartner
from coordination.testing.page_rules import assert_good_fragment, assert_good_page
from matching.commands.participations import decide, request_participation
from matching.models import OutboxEntry, PartnerRole

pytestmark = pytest.mark.django_db(databases="__all__")
NAME = "Stichting Welzijn Polderlicht"


@pytest.fixture
def activity(world):
    return world.activity(title="Brug", partners=(NamedPartner(partner_id=world.partners[NAME], name=NAME),))


@pytest.fixture
def path(world):
    return f"/matching/partners/{world.partners[NAME]}"


def answer_of(role):
    return f"/matching/roles/{role.pk}/decide"


def test_it_sees_what_names_it_and_confirms(world, partner, activity, path):
    world.activity(number="MRS-002", title="Zonder partner")
    visitor = partner()
    page = visitor.get(path)
    assert_good_page(page)
    html = page.content.decode()
    assert "1 activiteit noemt uw organisatie." in html
    assert 'data-figure-label="Wacht op uw antwoord">1</b>' in html
    assert "Zonder partner" not in html
    role = PartnerRole.objects.get()
    for _click in range(2):
        done = visitor.post(answer_of(role), {"decision": "confirm"}, follow=True)
    assert "Bedankt. De gemeente ziet meteen dat u meedoet." in done.content.decode()
    assert 'data-figure-label="Wacht op uw antwoord">geen</b>' in visitor.read(path)
    assert OutboxEntry.objects.filter(topic="matching.partner-roles").count() == 2
    assert_good_fragment(visitor.get(path, fragment="roles"))


def test_no_wants_a_reason(partner, activity, path):
    visitor, role = partner(), PartnerRole.objects.get()
    wrong = visitor.post(answer_of(role), {"decision": "decline", "reason": ""})
    assert wrong.status_code == 400
    assert_good_page(wrong)
    assert "Kies een reden uit de lijst." in wrong.content.decode()
    assert visitor.fragment(answer_of(role), {"decision": "decline", "reason": ""}).status_code == 200
    fragment = visitor.fragment(answer_of(role), {"decision": "decline", "reason": "no_capacity"})
    assert_good_fragment(fragment)
    assert "Uw reden: We hebben te weinig mensen of uren." in fragment.content.decode()
    visitor.post(answer_of(role), {"decision": "confirm"})
    role.refresh_from_db()
    assert role.state == "confirmed"


@pytest.mark.parametrize("given", [{}, {"decision": "maybe"}, {"decision": "decline", "reason": "budget_exhausted"}])
def test_what_is_no_answer_changes_nothing(partner, activity, given):
    role = PartnerRole.objects.get()
    assert partner().post(answer_of(role), given).status_code == 400
    role.refresh_from_db()
    assert role.state == "named"


def test_it_reads_which_schools_take_part_and_what_they_ask(world, partner, activity, path):
    asked = request_participation(
        actor=world.coordinator(), activity=activity, school=world.schools["90AA"], pupils=3, note="Liefst op dinsdag"
    )
    decide(actor=world.officer(), participation=asked.pk, decision="accept")
    html = partner().read(path)
    assert "De Lisdoddekring" in html and "Liefst op dinsdag" in html and "3 leerlingen" in html


def test_who_said_no_reads_nothing_of_schools_any_more(world, partner, activity, path):
    request_participation(
        actor=world.coordinator(), activity=activity, school=world.schools["90AA"], pupils=3, note="Liefst op dinsdag"
    )
    visitor = partner()
    visitor.post(answer_of(PartnerRole.objects.get()), {"decision": "decline", "reason": "wrongly_named"})
    assert "Liefst op dinsdag" not in visitor.read(path)


def test_nobody_answers_for_it(world, partner, school, visit, officer, activity, path):
    role = PartnerRole.objects.get()
    for stranger in (partner("Stichting Boekenboot"), school(), visit("policy_officer", "9903")):
        assert stranger.get(path).status_code == 404
        assert stranger.post(answer_of(role), {"decision": "confirm"}).status_code == 404
    assert "Ja, wij doen mee" not in officer.read(path)
    assert officer.post(answer_of(role), {"decision": "confirm"}).status_code == 403
    role.refresh_from_db()
    assert role.state == "named"


def test_an_officer_sees_only_the_roles_in_the_own_municipality(world, visit, path):
    world.activity(title="Van Merenstad", partners=(NamedPartner(partner_id=world.partners[NAME], name=NAME),))
    world.activity(
        municipality="9902",
        number="DKM-1",
        title="Van Dijkermond",
        partners=(NamedPartner(partner_id=world.partners[NAME], name=NAME),),
    )
    html = visit("policy_officer").read(path)
    assert "Van Merenstad" in html and "Van Dijkermond" not in html
