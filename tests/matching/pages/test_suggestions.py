"""What a school sees and does: suggestions with reasons, asking in three clicks, and its projects."""

from html import unescape

import pytest

from coordination.testing.page_rules import assert_good_fragment, assert_good_page
from matching.commands.offers import set_places
from matching.commands.participations import decide, request_participation
from matching.models import OutboxEntry, Participation

pytestmark = pytest.mark.django_db(databases="__all__")


def page_of(world, brin="90AA"):
    return f"/matching/schools/{world.schools[brin]}"


def join_of(world, activity, brin="90AA"):
    return f"{page_of(world, brin)}/activities/{activity}/join"


def said():
    return OutboxEntry.objects.filter(topic="matching.participations").count()


def test_the_page_says_what_fits_and_why_and_what_nobody_knows(world, school):
    world.activity(title="Voorleesmaatjes", status="delayed", status_reason="low_demand", continuation="no")
    world.activity(number="MRS-002", title="Taalklas", sectors=("vo",), school_types=("vmbo",))
    answer = school().get(page_of(world))
    assert_good_page(answer)
    html = unescape(answer.content.decode())
    assert "Van de 2 lopende activiteiten in Merenstad past er 1 bij uw school." in html
    assert "Voor het basisonderwijs; voor leerlingen met mentale problemen." in html
    assert "U noemde hierover nog geen behoefte." in html
    assert "De activiteit is vertraagd: minder vraag dan verwacht." in html
    assert "31 juli 2025" in html and "Gaat niet door" in html and "Geen maximum" in html
    assert "Taalklas" not in html
    everything = unescape(school().read(page_of(world), all="1"))
    assert "Taalklas" in everything and "Uw school geeft basisonderwijs." in everything


def test_three_clicks_without_javascript(world, school):
    activity = world.activity()
    coordinator = school()
    assert f"?activity={activity}#activiteit-{activity}" in coordinator.read(page_of(world))
    form = coordinator.get(page_of(world), activity=activity)
    assert_good_page(form)
    assert "Aanvraag indienen" in form.content.decode()
    sent = coordinator.post(join_of(world, activity), {"pupils": "12", "note": "Past dit?"})
    assert sent.status_code == 302
    assert sent["Location"] == f"{page_of(world)}?answered={activity}#activiteit-{activity}"
    answer = coordinator.get(sent["Location"].split("#")[0])
    assert_good_page(answer)
    html = answer.content.decode()
    assert "Uw aanvraag is verstuurd." in html
    assert "De gemeente antwoordt vóór 28 januari 2025." in html
    assert Participation.objects.get().pupils == 12


def test_with_javascript_the_answer_comes_in_the_same_place_and_twice_is_once(world, school):
    activity = world.activity()
    coordinator = school()
    for _click in range(2):
        answer = coordinator.fragment(join_of(world, activity), {"pupils": "12", "note": ""})
        assert answer.status_code == 200
        assert_good_fragment(answer)
        html = answer.content.decode()
        assert "Uw aanvraag is verstuurd." in html and "Aangevraagd op 14 januari 2025." in html
    assert said() == 1


@pytest.mark.parametrize("pupils", ["", "0", "-4", "5001", "12,5", "abc", "9" * 30, "\x00", "🙂"])
def test_a_bad_number_is_told_at_the_field_and_nothing_typed_is_lost(world, school, pupils):
    activity = world.activity()
    coordinator = school()
    given = {"pupils": pupils, "note": "Onze vraag"}
    page = coordinator.post(join_of(world, activity), given)
    assert page.status_code == 400
    assert_good_page(page)
    assert "Onze vraag" in page.content.decode()
    assert "vs-field--wrong" in page.content.decode()
    fragment = coordinator.fragment(join_of(world, activity), given)
    assert fragment.status_code == 200
    assert_good_fragment(fragment)
    assert "Onze vraag" in fragment.content.decode()
    assert not Participation.objects.exists()


def test_full_is_the_waiting_list(world, school):
    activity = world.activity()
    set_places(actor=world.officer(), activity=activity, places=0)
    coordinator = school()
    html = coordinator.read(page_of(world))
    assert "Op de wachtlijst" in html and "Vol" in html
    coordinator.post(join_of(world, activity), {"pupils": "3"})
    assert "U staat op plek 1 van de wachtlijst." in coordinator.read(page_of(world), answered=str(activity))


def test_a_school_takes_its_request_back_and_stops_with_a_reason(world, school):
    activity = world.activity()
    coordinator = school()
    coordinator.post(join_of(world, activity), {"pupils": "3"})
    mine = Participation.objects.get()
    stopped = coordinator.post(f"/matching/participations/{mine.pk}/withdraw", {"reason": ""}, follow=True)
    assert "Uw aanvraag is ingetrokken." in stopped.content.decode()
    coordinator.post(join_of(world, activity), {"pupils": "4"})
    decide(actor=world.officer(), participation=mine.pk, decision="accept")
    wrong = coordinator.post(f"/matching/participations/{mine.pk}/withdraw", {"reason": "nonsense"})
    assert wrong.status_code == 400
    assert_good_page(wrong)
    fragment = coordinator.fragment(f"/matching/participations/{mine.pk}/withdraw", {"reason": "changed_need"})
    assert_good_fragment(fragment)
    assert "Uw school doet niet meer mee." in fragment.content.decode()
    assert Participation.objects.get().reason == "changed_need"


def test_a_school_confirms_what_the_municipality_recorded(world, school):
    world.activity(schools=(world.schools["90AA"],))
    coordinator = school()
    page = coordinator.get(page_of(world))
    assert_good_page(page)
    assert "De gemeente legde dit vast. Klopt het?" in page.content.decode()
    mine = Participation.objects.get()
    wrong = coordinator.post(f"/matching/participations/{mine.pk}/confirm", {"pupils": "-1"})
    assert wrong.status_code == 400
    assert_good_page(wrong)
    assert 'value="-1"' in wrong.content.decode()
    done = coordinator.fragment(f"/matching/participations/{mine.pk}/confirm", {"pupils": "14"})
    assert_good_fragment(done)
    assert "Bedankt." in done.content.decode() and "Voor 14 leerlingen." in done.content.decode()
    assert "Klopt het?" not in done.content.decode()
    mine.refresh_from_db()
    assert (mine.confirmed, mine.pupils) == (True, 14)


def test_a_refusal_tells_the_reason_and_what_is_still_possible(world, school):
    activity = world.activity()
    asked = request_participation(actor=world.coordinator(), activity=activity, school=world.schools["90AA"], pupils=5)
    decide(actor=world.officer(), participation=asked.pk, decision="decline", reason="budget_exhausted")
    html = school().read(page_of(world))
    assert "Het budget is op." in html and "De gemeente weegt die mee bij nieuw geld." in html
    assert "Opnieuw vragen" in html


def test_asking_for_what_just_closed_is_said_in_the_form(world, school):
    activity = world.activity(status="completed")
    answer = school().post(join_of(world, activity), {"pupils": "3"})
    assert answer.status_code == 400
    assert_good_page(answer)
    assert "Deze activiteit is afgerond. Meedoen kan niet meer." in answer.content.decode()


def test_more_about_an_activity(world, school):
    activity = world.activity(goal="Sneller hulp dicht bij huis")
    page = school().get(f"{page_of(world)}/activities/{activity}")
    assert_good_page(page)
    assert "Sneller hulp dicht bij huis" in page.content.decode()
    assert "Leerlingen met mentale problemen" in page.content.decode()


def test_live_fragments_show_what_the_page_shows(world, school):
    activity = world.activity()
    coordinator = school()
    coordinator.post(join_of(world, activity), {"pupils": "3"})
    for fragment in ("projects", f"card-{activity}"):
        answer = coordinator.get(page_of(world), fragment=fragment)
        assert_good_fragment(answer)
        assert "<html" not in answer.content.decode()
    assert "Uw aanvraag is verstuurd." in coordinator.read(page_of(world), fragment=f"card-{activity}")


def test_the_officer_looks_along_and_has_no_buttons(world, officer):
    world.activity()
    html = officer.read(page_of(world))
    assert "Meedoen<" not in html and "Waar kan De Lisdoddekring aan meedoen?" in html


def test_nobody_else_sees_a_school_or_acts_for_it(world, visit, school, partner):
    activity = world.activity()
    strangers = [school("90AB"), partner(), visit("policy_officer", "9902"), visit("council_member")]
    for stranger in strangers:
        for path in (
            page_of(world),
            f"{page_of(world)}/activities/{activity}",
            f"/matching/needs/{world.schools['90AA']}",
        ):
            assert stranger.get(path).status_code == 404
        assert stranger.post(join_of(world, activity), {"pupils": "3"}).status_code == 404
    assert visit("policy_officer").post(join_of(world, activity), {"pupils": "3"}).status_code == 403
    signed_out = visit().get(page_of(world))
    assert (signed_out.status_code, signed_out["Location"].split("?")[0]) == (302, "/inloggen")
    asked = request_participation(actor=world.coordinator(), activity=activity, school=world.schools["90AA"], pupils=5)
    for act in ("confirm", "withdraw"):
        assert school("90AB").post(f"/matching/participations/{asked.pk}/{act}").status_code == 404
        assert visit("policy_officer", "9902").post(f"/matching/participations/{asked.pk}/{act}").status_code == 404
    assert Participation.objects.get().state == "requested"


def test_a_hidden_or_foreign_activity_is_not_there(world, school):
    draft = world.activity(status="draft")
    elsewhere = world.activity(municipality="9902", number="DKM-001")
    for activity in (draft, elsewhere):
        assert school().get(f"{page_of(world)}/activities/{activity}").status_code == 404
        assert school().post(join_of(world, activity), {"pupils": "3"}).status_code == 404
        assert f"activiteit-{activity}" not in school().read(page_of(world), activity=str(activity), all="1")
