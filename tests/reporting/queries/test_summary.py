"""Reading the figures: who may, what was known on a day, what a figure is made of."""

from datetime import UTC, date, datetime, timedelta

import pytest

from coordination.contracts.refusals import NotFound
from coordination.testing import actors
from intake.commands.changes import withdraw_activity
from intake.commands.entries import record_entry
from reporting.domain.summary import summarise
from reporting.models import JournalEntry, Municipality
from reporting.models.gathering import facts_of
from reporting.queries.changes import changes
from reporting.queries.lines import figure_of
from reporting.queries.summary import municipalities_for
from reporting.queries.summary import summary as query

pytestmark = pytest.mark.django_db(databases="__all__")


def test_strangers_see_nothing_at_all(world) -> None:
    for actor in (None, actors.council_member("9902"), actors.coordinator("9901"), actors.partner("9901")):
        with pytest.raises(NotFound):
            query(actor=actor, municipality="9901")
    for code in ("", "0000", "9901 ", "x" * 50):
        with pytest.raises(NotFound):
            query(actor=actors.administrator(), municipality=code)
    assert [one.code for one in municipalities_for(actor=actors.officer("9904"))] == ["9904"]
    assert municipalities_for(actor=None) == []


def test_as_known_at_a_moment_is_what_was_seen_then(world, summary, activity) -> None:
    seen = summary()
    moment = datetime.now(UTC)
    place = Municipality.objects.get(code="9901")
    record_entry(
        actor=actors.officer(),
        activity_id=activity("MRS-005").id,
        kind="spending",
        dated_on=date(2025, 1, 14),
        amount_cents=10000,
        funding_source="np_onderwijs",
    )
    withdraw_activity(
        actor=actors.officer(), activity_id=activity("MRS-010").id, reason="registered_twice",
        version=activity("MRS-010").version,
    )  # fmt: skip
    world.deliver()
    now = summary()
    assert now.planned_cents == seen.planned_cents - 9625000 and len(now.rows) == 12
    told = summarise(facts_of(place, today=date(2025, 1, 14), known_at=moment))
    assert (told.planned_cents, told.realised_cents, len(told.rows)) == (
        seen.planned_cents, seen.realised_cents, len(seen.rows),
    )  # fmt: skip
    assert [row.picture for row in told.rows] == [row.picture for row in seen.rows]
    assert told.participants == seen.participants
    assert told.coverage == seen.coverage


def test_before_anything_was_recorded_nothing_was_known(world, summary) -> None:
    found = summary(known_on=datetime.now(UTC).date() - timedelta(days=2))
    assert (found.allocated_cents, found.planned_cents, found.rows) == (0, 0, ())
    today = summary(known_on=datetime.now(UTC).date() + timedelta(days=1))
    assert today.realised_cents == summary().realised_cents


def test_the_parts_of_a_figure_add_up_to_it(world) -> None:
    for code in ("9901", "9904"):
        for figure, year in (
            ("allocated", ""), ("planned", ""), ("planned", "2022-2023"), ("realised", "undivided"),
            ("remaining", ""), ("committed", ""), ("realised", "2021-2022"),
        ):  # fmt: skip
            found = figure_of(actor=actors.council_member(code), municipality=code, figure=figure, school_year=year)
            known = [part.cents for part in found.parts if part.cents is not None]
            assert found.cents == (sum(known) if known else None)
    with pytest.raises(NotFound):
        figure_of(actor=actors.council_member("9902"), municipality="9901", figure="planned")


def test_changes_are_sentences_without_anybodys_name(world, activity) -> None:
    record_entry(
        actor=actors.officer(),
        activity_id=activity("MRS-005").id,
        kind="spending",
        dated_on=date(2025, 1, 14),
        amount_cents=10000,
        funding_source="np_onderwijs",
        note="Jan de Vries betaalde",
    )
    world.deliver()
    found = changes(actor=actors.council_member(), municipality="9901")[0]
    assert found.text == "€\u00a0100,00 besteed bij Taalklas nieuwkomers voortgezet onderwijs."
    assert found.notes == ("Bron: NP Onderwijs (gemeente)", "Beleidsmedewerker")
    assert not JournalEntry.objects.filter(message__contains="Jan de Vries").exists()
    with pytest.raises(NotFound):
        changes(actor=actors.council_member("9902"), municipality="9901")
