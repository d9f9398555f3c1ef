"""What intake says becomes copies, participations and roles; once, whatever comes twice or out of turn."""

import pytest

from coordination.contracts import intake
from coordination.contracts.identifiers import new_id
from matching.commands.participations import confirm, withdraw
from matching.models import Activity, OutboxEntry, Participation, Partner, PartnerRole, ProposedSchool

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def changed(world, activity, **details):
    return intake.ActivityChanged(activity_id=activity, municipality="9901", details=world.details(**details))


def states(activity):
    rows = Participation.objects.filter(activity_id=activity).select_related("school")
    return {one.school.brin: (one.state, one.reason) for one in rows}


def test_named_schools_take_part_and_one_named_no_more_stops(world):
    schools = world.schools
    activity = world.activity(schools=(schools["90AA"], schools["90AB"], schools["91BD"]))
    assert set(states(activity).values()) == {("joined", "")}
    kept = Participation.objects.get(school_id=schools["90AB"])
    confirm(actor=world.coordinator("90AB"), participation=kept.pk, pupils=8)
    world.hear(changed(world, activity, schools=(schools["91BD"],)))
    assert states(activity) == {
        "90AA": ("withdrawn", "no_longer_named"),
        "90AB": ("joined", ""),
        "91BD": ("joined", ""),
    }


def test_news_that_comes_again_after_a_rebuild_acts_no_more(world):
    activity = new_id()
    event = intake.ActivityRegistered(
        activity_id=activity,
        municipality="9901",
        programme="np_onderwijs",
        details=world.details(schools=(world.schools["90AA"],)),
        status="running",
        lines=(),
    )
    envelope = world.hear(event)
    withdraw(actor=world.coordinator(), participation=Participation.objects.get().pk, reason="recorded_wrongly")
    said = OutboxEntry.objects.count()
    Activity.objects.all().delete()
    world.again(event, envelope)
    assert Activity.objects.get().number == "MRS-001"
    assert states(activity) == {"90AA": ("withdrawn", "recorded_wrongly")}
    assert OutboxEntry.objects.count() == said


def test_progress_changes_the_status_and_a_change_does_not(world):
    activity = world.activity()
    world.hear(
        intake.ProgressReported(
            activity_id=activity,
            municipality="9901",
            report_id=new_id(),
            reported_on=world.details().starts_on,
            status="delayed",
            status_reason="low_demand",
        )
    )
    world.hear(changed(world, activity, title="Nieuwe titel"))
    found = Activity.objects.get()
    assert (found.title, found.status, found.status_reason) == ("Nieuwe titel", "delayed", "low_demand")


def test_a_withdrawn_activity_ends_every_participation(world):
    activity = world.activity(schools=(world.schools["90AA"],))
    world.hear(
        intake.ActivityWithdrawn(activity_id=activity, municipality="9901", act_id=new_id(), reason="low_priority")
    )
    assert states(activity) == {"90AA": ("withdrawn", "activity_withdrawn")}


def test_a_partner_named_before_it_is_met_gets_its_role_when_it_comes(world):
    partner = new_id()
    activity = world.activity(partners=(intake.NamedPartner(partner_id=partner, name="Bakkerij De Hoek"),))
    assert PartnerRole.objects.get(activity_id=activity).partner_id == partner
    world.hear(proposal(partner, "Bakkerij De Hoek"))
    assert Partner.objects.get(pk=partner).name == "Bakkerij De Hoek"
    assert OutboxEntry.objects.filter(topic="matching.partners", subject=str(partner)).count() == 1


def proposal(organisation_id, name, **other):
    given = {"kind": "partner", "municipality": "9902", **other}
    return intake.OrganisationProposed(organisation_id=organisation_id, name=name, **given)


@pytest.mark.parametrize(
    "name", ["STICHTING welzijn  polderlicht", "Welzijn Polderlicht", "Stichting Welzijn Polderlcht"]
)
def test_a_proposal_that_means_a_known_partner_keeps_its_id(world, name):
    proposed, known = new_id(), world.partners["Stichting Welzijn Polderlicht"]
    activity = world.activity(partners=(intake.NamedPartner(partner_id=proposed, name=name),))
    world.hear(proposal(proposed, name))
    assert Partner.objects.count() == 30
    assert PartnerRole.objects.get(activity_id=activity).partner_id == known
    later = world.activity(number="MRS-002", partners=(intake.NamedPartner(partner_id=proposed, name=name),))
    assert PartnerRole.objects.get(activity_id=later).partner_id == known
    message = OutboxEntry.objects.filter(topic="matching.partners", subject=str(known)).last().message
    assert str(proposed) in message


def test_a_name_that_differs_by_another_letter_is_another_partner(world):
    world.hear(proposal(new_id(), "Bibliotheek Merenland"))
    assert Partner.objects.count() == 31


def test_a_proposed_school_waits_for_a_person(world):
    world.hear(proposal(new_id(), "", kind="school", brin="94AA"))
    found = ProposedSchool.objects.get()
    assert (found.brin, found.school) == ("94AA", None)


def test_a_partner_named_no_more_loses_its_place_and_comes_back_when_named_again(world):
    name = "Jeugdhulp De Steiger"
    named = (intake.NamedPartner(partner_id=world.partners[name], name=name),)
    activity = world.activity(partners=named)
    world.hear(changed(world, activity))
    assert not PartnerRole.objects.get().still_named
    world.hear(changed(world, activity, partners=named))
    assert PartnerRole.objects.get().still_named
