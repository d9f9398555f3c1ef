"""What the officer sees and decides: requests, places, recording a school, the waiting list; and who may not."""

from html import unescape

import pytest

from coordination.contracts.intake import NamedPartner
from coordination.identity import accounts
from coordination.testing.page_rules import assert_good_fragment, assert_good_page
from coordination.testing.people import browser_of
from matching.commands.offers import set_places
from matching.commands.participations import request_participation
from matching.models import Offer, OutboxEntry, Participation

pytestmark = pytest.mark.django_db(databases="__all__")
OVERVIEW = "/matching/requests"


def ask(world, activity, brin="90AA", pupils=5, note=""):
    return request_participation(
        actor=world.coordinator(brin), activity=activity, school=world.schools[brin], pupils=pupils, note=note
    )


def decision(participation):
    return f"/matching/participations/{participation.pk}/decide"


def said():
    return OutboxEntry.objects.filter(topic="matching.participations").count()


def test_what_waits_for_an_answer_stands_first(world, officer):
    activity = world.activity(title="Taalmaatjes")
    world.activity(number="MRS-002", title="Zonder vraag")
    ask(world, activity, pupils=12, note="Past dit in groep 7?")
    page = officer.get(OVERVIEW)
    assert_good_page(page)
    html = page.content.decode()
    assert 'data-figure-label="Aanvragen">1</b>' in html
    assert "De Lisdoddekring" in html and "12 leerlingen" in html and "Past dit in groep 7?" in html
    assert html.index("Taalmaatjes") < html.index("Zonder vraag")
    assert_good_fragment(officer.get(OVERVIEW, fragment="requests"))


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({"decision": "accept"}, "joined"),
        ({"decision": "wait"}, "waiting"),
        ({"decision": "decline", "reason": "budget_exhausted"}, "declined"),
    ],
)
def test_a_decision_with_and_without_javascript_and_twice_is_once(world, officer, given, state):
    asked = ask(world, world.activity())
    before = said()
    fragment = officer.fragment(decision(asked), given)
    assert fragment.status_code == 200
    assert_good_fragment(fragment)
    assert "De Lisdoddekring" in fragment.content.decode()
    assert officer.post(decision(asked), given).status_code == 302
    asked.refresh_from_db()
    assert (asked.state, said()) == (state, before + 1)


def test_declining_without_a_reason_says_so_at_the_field(world, officer):
    activity = world.activity()
    asked = ask(world, activity)
    for view, path in (("overview", OVERVIEW), ("activity", f"{OVERVIEW}/{activity}")):
        answer = officer.post(decision(asked), {"decision": "decline", "reason": "", "view": view})
        assert answer.status_code == 400
        assert_good_page(answer)
        assert "Kies een reden uit de lijst." in answer.content.decode()
        fragment = officer.fragment(decision(asked), {"decision": "decline", "reason": "", "view": view})
        assert fragment.status_code == 200
        assert "Kies een reden uit de lijst." in fragment.content.decode()
        done = officer.post(decision(asked), {"decision": "wait", "view": view})
        assert done["Location"].startswith(path)


@pytest.mark.parametrize("given", [{}, {"decision": "burn"}, {"decision": "decline", "reason": "<script>"}])
def test_what_is_no_decision_changes_nothing(world, officer, given):
    asked = ask(world, world.activity())
    assert officer.post(decision(asked), given).status_code == 400
    asked.refresh_from_db()
    assert asked.state == "requested"


def test_the_page_of_an_activity_holds_everything(world, officer):
    name = "Stichting Welzijn Polderlicht"
    activity = world.activity(
        schools=(world.schools["90AB"],), partners=(NamedPartner(partner_id=world.partners[name], name=name),)
    )
    set_places(actor=world.officer(), activity=activity, places=10)
    ask(world, activity, pupils=30)
    ask(world, activity, brin="90AC", pupils=2)
    page = officer.get(f"{OVERVIEW}/{activity}")
    assert_good_page(page)
    html = page.content.decode()
    assert "0 van 10 bezet; van 1 school is het aantal onbekend" in html
    assert html.index("De Lisdoddekring") < html.index("Het Gemaalhuis")
    assert "Vastgelegd door de gemeente, nog niet bevestigd" in html
    assert name in html and "Nog niet bevestigd" in html
    assert_good_fragment(officer.get(f"{OVERVIEW}/{activity}", fragment="people"))


def test_places_are_set_and_taken_away(world, officer):
    activity = world.activity()
    path = f"{OVERVIEW}/{activity}/places"
    page = officer.post(path, {"places": "60", "version": "1"}, follow=True)
    assert "De plekken zijn bewaard." in page.content.decode()
    assert Offer.objects.get().places == 60
    assert officer.post(path, {"places": "60", "version": "1"}).status_code == 302
    version = Offer.objects.get().version
    officer.post(path, {"places": "", "version": str(version)})
    assert Offer.objects.get().places is None


def test_two_people_set_places_and_both_versions_are_shown(world, officer):
    activity = world.activity()
    set_places(actor=world.officer(), activity=activity, places=40)
    answer = officer.post(f"{OVERVIEW}/{activity}/places", {"places": "60", "version": "1"})
    assert answer.status_code == 400
    assert_good_page(answer)
    html = answer.content.decode()
    assert "Er staat nu: 40." in html and 'value="60"' in html and 'name="version" value="2"' in html
    assert officer.post(f"{OVERVIEW}/{activity}/places", {"places": "60", "version": "2"}).status_code == 302
    assert Offer.objects.get().places == 60


@pytest.mark.parametrize("places", ["-1", "2,5", "abc", "100001", "9" * 40, "\x00"])
def test_absurd_places_are_told_at_the_field(world, officer, places):
    activity = world.activity()
    answer = officer.post(f"{OVERVIEW}/{activity}/places", {"places": places, "version": "1"})
    assert answer.status_code == 400
    assert_good_page(answer)
    assert "vs-field--wrong" in answer.content.decode()
    assert not Offer.objects.filter(places__isnull=False).exists()


def test_places_below_who_takes_part_are_refused(world, officer):
    activity = world.activity()
    asked = ask(world, activity, pupils=12)
    officer.post(decision(asked), {"decision": "accept"})
    answer = officer.post(f"{OVERVIEW}/{activity}/places", {"places": "3", "version": "1"})
    assert answer.status_code == 400
    assert "Er doen al 12 leerlingen mee." in answer.content.decode()


def test_recording_a_school_from_anywhere_and_twice_is_once(world, officer):
    activity = world.activity()
    path = f"{OVERVIEW}/{activity}/schools"
    given = {"school": str(world.schools["91BA"]), "pupils": "7"}
    for _click in range(2):
        assert officer.post(path, given).status_code == 302
    found = Participation.objects.get()
    assert (found.state, found.origin, found.pupils, found.confirmed) == ("joined", "municipality", 7, False)
    assert said() == 1


def test_recording_where_it_is_full_waits_and_twice_is_once(world, officer):
    activity = world.activity()
    set_places(actor=world.officer(), activity=activity, places=0)
    path = f"{OVERVIEW}/{activity}/schools"
    given = {"school": str(world.schools["90AA"]), "pupils": ""}
    for _click in range(2):
        assert officer.post(path, given).status_code == 302
    assert Participation.objects.get().position == 1
    assert said() == 1


NO_SCHOOL = "01999999-0000-7000-8000-000000000001"


@pytest.mark.parametrize(("school", "pupils"), [("", "3"), ("nonsense", "3"), (NO_SCHOOL, ""), ("90AA", "0")])
def test_a_school_that_is_none_is_told_at_the_field(world, officer, school, pupils):
    activity = world.activity()
    given = {"school": str(world.schools.get(school, school)), "pupils": pupils}
    answer = officer.post(f"{OVERVIEW}/{activity}/schools", given)
    assert answer.status_code == 400
    assert_good_page(answer)
    assert "vs-field--wrong" in answer.content.decode()
    assert not Participation.objects.exists()


def test_needs_are_counted_for_the_municipality(world, officer, school):
    school().post(f"/matching/needs/{world.schools['90AA']}", {"target_groups": ["parents"], "version": "0"})
    html = officer.read(OVERVIEW)
    assert "Ouders of verzorgers" in html
    assert "Ouders of verzorgers" not in unescape(officer.read(OVERVIEW).split("nodig")[0])


def test_a_budget_holder_reads_and_does_not_decide(world, visit):
    activity = world.activity()
    asked = ask(world, activity)
    holder = visit("budget_holder")
    assert "Accepteren" not in holder.read(OVERVIEW)
    assert "Plekken bewaren" not in holder.read(f"{OVERVIEW}/{activity}")
    assert holder.post(decision(asked), {"decision": "accept"}).status_code == 403
    assert holder.post(f"{OVERVIEW}/{activity}/places", {"places": "3", "version": "1"}).status_code == 403
    given = {"school": str(world.schools["90AA"]), "pupils": ""}
    assert holder.post(f"{OVERVIEW}/{activity}/schools", given).status_code == 403


def test_another_municipality_finds_nothing(world, visit, school, partner):
    activity = world.activity()
    asked = ask(world, activity)
    for stranger in (visit("policy_officer", "9902"), school(), partner(), visit("council_member")):
        assert stranger.get(OVERVIEW, municipality="9901").status_code == 404
        assert stranger.get(f"{OVERVIEW}/{activity}").status_code == 404
        assert stranger.post(f"{OVERVIEW}/{activity}/places", {"places": "3", "version": "1"}).status_code == 404
        assert stranger.post(f"{OVERVIEW}/{activity}/schools", {}).status_code == 404
    assert visit("policy_officer", "9902").post(decision(asked), {"decision": "accept"}).status_code == 404
    assert "De Lisdoddekring" not in visit("policy_officer", "9902").read(OVERVIEW)
    assert visit("council_member").get(OVERVIEW).status_code == 404


def test_the_municipality_of_the_school_alone_does_not_decide(world, visit):
    activity = world.activity(municipality="9902", number="DKM-1", schools=(world.schools["90AA"],))
    mine = Participation.objects.get(activity_id=activity)
    assert visit("policy_officer", "9901").post(decision(mine), {"decision": "decline"}).status_code == 403


def test_the_administrator_chooses_a_municipality(world, administrator):
    activity = world.activity(municipality="9902", number="DKM-1", title="Van Dijkermond")
    page = administrator.get(OVERVIEW, municipality="9902")
    assert_good_page(page)
    assert "Van Dijkermond" in page.content.decode()
    assert administrator.get(f"{OVERVIEW}/{activity}").status_code == 200
    assert administrator.get(OVERVIEW, municipality="' or 1=1").status_code == 404


def test_everyone_starts_at_their_own_page(world, visit, school, partner, officer, administrator):
    for visitor, target in (
        (officer, f"{OVERVIEW}?municipality=9901"),
        (school(), f"/matching/schools/{world.schools['90AA']}"),
        (partner(), f"/matching/partners/{world.partners['Stichting Welzijn Polderlicht']}"),
        (administrator, "/matching/organisations"),
    ):
        assert visitor.get("/matching/")["Location"] == target
    assert visit("council_member").get("/matching/").status_code == 404
    assert school().get("/matching/needs")["Location"] == f"/matching/needs/{world.schools['90AA']}"
    assert officer.get("/matching/needs").status_code == 404


def test_the_address_of_a_form_leads_to_the_page_it_is_on(world, officer, school, partner, administrator):
    activity = world.activity()
    asked = ask(world, activity)
    page, own = f"{OVERVIEW}/{activity}", f"/matching/schools/{world.schools['90AA']}"
    assert officer.get(decision(asked))["Location"] == page
    assert officer.get(f"{page}/places")["Location"] == page
    assert officer.get(f"{page}/schools")["Location"] == page
    assert school().get(f"{own}/activities/{activity}/join")["Location"] == f"{own}?activity={activity}"
    assert school().get(f"/matching/participations/{asked.pk}/withdraw")["Location"] == own
    assert administrator.get("/matching/organisations/schools")["Location"] == "/matching/organisations"
    assert school("90AB").get(f"/matching/participations/{asked.pk}/withdraw").status_code == 404


def test_who_has_several_organisations_chooses(world):
    account = accounts.create_account(email="twee@test.example", name="Test")
    for brin, name in (("90AA", "De Lisdoddekring"), ("90AB", "De Aalscholverhof")):
        accounts.add_membership(
            account=account, role="school_coordinator", kind="school", key=str(world.schools[brin]), name=name
        )
    client = browser_of(account)
    page = client.get("/matching/")
    assert_good_page(page)
    html = page.content.decode()
    listed = html.split("vs-list")[1]
    assert listed.index("De Aalscholverhof") < listed.index("De Lisdoddekring")
    assert f"/matching/schools/{world.schools['90AB']}" in html
    assert client.get("/matching/needs")["Location"] == "/matching/"
