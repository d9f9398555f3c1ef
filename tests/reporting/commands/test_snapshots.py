"""A snapshot keeps its figures, whatever happens later."""

from datetime import date

import pytest

from coordination.contracts.identifiers import new_id
from coordination.contracts.refusals import Conflict, NotFound
from coordination.testing import actors
from intake.commands.entries import record_entry
from reporting.commands.snapshots import take_snapshot
from reporting.models import Snapshot
from reporting.queries.snapshots import snapshot, snapshots_of

pytestmark = pytest.mark.django_db(databases="__all__")


def test_it_stays_as_it_was(world, activity, summary) -> None:
    member = actors.council_member()
    before = summary()
    taken = take_snapshot(actor=member, municipality="9901")
    record_entry(
        actor=actors.officer(),
        activity_id=activity("MRS-005").id,
        kind="spending",
        dated_on=date(2025, 1, 14),
        amount_cents=10000,
        funding_source="np_onderwijs",
    )
    world.deliver()
    found = snapshot(actor=member, municipality="9901", snapshot_id=taken.id)
    assert found.summary == before
    assert found.taken_on == date(2025, 1, 14)
    assert summary().realised_cents == before.realised_cents + 10000


def test_the_same_click_twice_is_one_snapshot(world) -> None:
    key = new_id()
    first = take_snapshot(actor=actors.council_member(), municipality="9901", snapshot_id=key)
    assert take_snapshot(actor=actors.council_member(), municipality="9901", snapshot_id=key) == first
    assert Snapshot.objects.count() == 1
    with pytest.raises(Conflict):
        take_snapshot(actor=actors.council_member("9902"), municipality="9902", snapshot_id=key)


def test_it_belongs_to_its_municipality(world) -> None:
    taken = take_snapshot(actor=actors.council_member(), municipality="9901")
    other = actors.council_member("9902")
    for act in (
        lambda: take_snapshot(actor=other, municipality="9901"),
        lambda: take_snapshot(actor=None, municipality="9901"),
        lambda: snapshot(actor=other, municipality="9901", snapshot_id=taken.id),
        lambda: snapshot(actor=other, municipality="9902", snapshot_id=taken.id),
        lambda: snapshots_of(actor=other, municipality="9901"),
    ):
        with pytest.raises(NotFound):
            act()
    assert [one.id for one in snapshots_of(actor=actors.officer(), municipality="9901")] == [taken.id]
