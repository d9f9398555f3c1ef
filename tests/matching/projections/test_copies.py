"""Copies of what intake says: kept whole, in any order across subjects, and shown once complete."""

from datetime import date

import pytest

from coordination.contracts import intake
from coordination.contracts.identifiers import new_id
from coordination.contracts.periods import Period
from coordination.contracts.refusals import NotFound
from matching.models import Activity, Catalogue, Municipality, Participation, Programme
from matching.queries.catalogues import labels, labels_of
from matching.queries.participations import participations_for, requests_of
from matching.queries.suggestions import suggestions_for

pytestmark = pytest.mark.django_db(databases="__all__")


def report(activity, status=None, reason=None):
    return intake.ProgressReported(
        activity_id=activity,
        municipality="9901",
        report_id=new_id(),
        reported_on=date(2025, 1, 14),
        status=status,
        status_reason=reason,
    )


def test_a_municipality_is_kept_as_it_now_stands(world):
    known = Municipality.objects.get(code="9901")
    world.hear(
        intake.MunicipalityRegistered(
            municipality_id=known.pk,
            code="9901",
            name="Merenstad aan Zee",
            kind="municipality",
            zone="Europe/Amsterdam",
            number_prefix="MRS",
            theme="sea",
        )
    )
    known.refresh_from_db()
    assert (known.name, known.theme, Municipality.objects.count()) == ("Merenstad aan Zee", "sea", 4)


def test_a_programme_loses_periods_it_no_longer_has(world):
    key = new_id()

    def defined(*years):
        periods = tuple(
            Period(school_year=f"{year}-{year + 1}", starts_on=date(year, 8, 1), ends_on=date(year + 1, 7, 31))
            for year in years
        )
        return intake.ProgrammeDefined(
            programme_id=key,
            code="np",
            name="NP",
            window_starts_on=date(2021, 7, 1),
            window_ends_on=date(2025, 7, 31),
            periods=periods,
        )

    world.hear(defined(2021, 2022))
    world.hear(defined(2022, 2023))
    programme = Programme.objects.get()
    assert [one.school_year for one in programme.periods.all()] == ["2022-2023", "2023-2024"]


def test_a_catalogue_is_kept_whole_with_its_order_and_labels(world):
    key = Catalogue.objects.get(name="target_group").pk
    entries = (
        intake.CatalogueEntry(slug="b", label_nl="Tweede", label_en="Second"),
        intake.CatalogueEntry(slug="a", label_nl="Eerste"),
    )
    world.hear(intake.CatalogueDefined(catalogue_id=key, name="target_group", entries=entries))
    assert labels_of("target_group") == {"b": "Tweede", "a": "Eerste"}
    assert labels().group("a") == "eerste"
    assert labels().group("unheard") == "unheard"


def test_a_report_without_status_leaves_the_status(world):
    activity = world.activity(status="delayed", status_reason="low_demand")
    world.hear(report(activity))
    assert Activity.objects.get().status == "delayed"
    world.hear(report(activity, "running"))
    found = Activity.objects.get()
    assert (found.status, found.status_reason) == ("running", "")


def test_what_is_heard_of_an_activity_before_it_is_known_is_kept_and_not_shown(world):
    activity = new_id()
    world.hear(
        intake.ActivityChanged(
            activity_id=activity, municipality="9901", details=world.details(schools=(world.schools["90AA"],))
        )
    )
    assert Activity.objects.get().status == ""
    assert Participation.objects.count() == 1
    assert not participations_for(world.officer()).exists()
    with pytest.raises(NotFound):
        requests_of(world.officer(), activity)
    assert suggestions_for(world.coordinator(), world.schools["90AA"]).everything == ()


def test_a_withdrawn_activity_is_offered_no_more(world):
    activity = world.activity()
    world.hear(
        intake.ActivityWithdrawn(activity_id=activity, municipality="9901", act_id=new_id(), reason="low_priority")
    )
    assert suggestions_for(world.coordinator(), world.schools["90AA"]).everything == ()
    assert requests_of(world.officer(), activity).activity.withdrawn
