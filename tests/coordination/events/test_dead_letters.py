"""Parked messages are tried again in the order of their subject."""

import pytest

from coordination.contracts.identifiers import new_id
from coordination.contracts.matching import PlacesSet
from coordination.contracts.refusals import Conflict, Invalid, NotFound
from coordination.events.dead_letters import dead_letters, pass_over, passed_over, retry_dead_letters
from coordination.events.log import Message
from reporting.models.messaging import HandledEvent

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


@pytest.fixture
def two_parked(matching, reporting):
    """Two activities whose second message failed; the third waits behind it."""
    activities = new_id(), new_id()

    def two_is_bad(event: PlacesSet) -> None:
        if event.places == 2:
            raise ValueError("two is bad")

    reporting.faults.append(two_is_bad)
    for activity in activities:
        matching.says(activity, 1, 2, 3)
    matching.sends()
    reporting.hears_all()
    assert len(reporting.parked()) == 4
    return activities


def test_a_retry_that_works_frees_the_key_in_order(reporting, two_parked):
    reporting.faults.clear()
    counts = retry_dead_letters("reporting", subscriptions=reporting.subscriptions)
    assert counts == {"handled": 4, "failed": 0, "left": 0}
    assert [reporting.heard(activity) for activity in two_parked] == [[1, 2, 3], [1, 2, 3]]


def test_a_retry_that_fails_is_counted_and_leaves_no_trace(reporting, two_parked):
    counts = retry_dead_letters("reporting", subscriptions=reporting.subscriptions)
    assert counts == {"handled": 0, "failed": 2, "left": 4}
    assert [reporting.heard(activity) for activity in two_parked] == [[1], [1]]
    assert {(one.sequence, one.attempts) for one in dead_letters("reporting")} == {(2, 2), (3, 1)}


def test_one_subject_can_be_retried(reporting, two_parked):
    reporting.faults.clear()
    behind = dead_letters("reporting").filter(subject=str(two_parked[0]), sequence=3).get()
    counts = retry_dead_letters("reporting", behind.pk, subscriptions=reporting.subscriptions)
    assert counts == {"handled": 2, "failed": 0, "left": 2}
    assert reporting.heard(two_parked[0]) == [1, 2, 3]
    assert reporting.heard(two_parked[1]) == [1]


def test_an_unknown_one_is_not_found(reporting):
    with pytest.raises(NotFound):
        retry_dead_letters("reporting", new_id(), subscriptions=reporting.subscriptions)


def test_news_after_a_retry_goes_on_as_usual(matching, reporting, two_parked):
    reporting.faults.clear()
    matching.says(two_parked[0], 4)
    matching.sends()
    reporting.hears_all()
    assert reporting.heard(two_parked[0]) == [1]
    retry_dead_letters("reporting", subscriptions=reporting.subscriptions)
    matching.says(two_parked[0], 5)
    matching.sends()
    reporting.hears_all()
    assert reporting.heard(two_parked[0]) == [1, 2, 3, 4, 5]
    assert reporting.parked() == []


def test_a_hole_is_no_fault_and_stays_until_the_missing_message_comes(matching, reporting):
    activity = new_id()
    first, *_ = matching.says(activity, 1, 2)
    type(first).objects.filter(pk=first.pk).update(sent_at=first.recorded_at)
    matching.sends()
    reporting.hears_all()
    assert retry_dead_letters("reporting", subscriptions=reporting.subscriptions)["left"] == 1
    assert reporting.parked() == [(2, "hole")]
    type(first).objects.filter(pk=first.pk).update(sent_at=None)
    matching.sends()
    reporting.hears_all()
    assert reporting.heard(activity) == [1, 2]


def test_one_that_can_never_be_handled_is_passed_over_and_the_rest_goes_on(reporting, two_parked):
    first, behind = dead_letters("reporting").filter(subject=str(two_parked[0]))
    with pytest.raises(Conflict):
        pass_over("reporting", behind.pk, reason="dubbel", subscriptions=reporting.subscriptions)
    with pytest.raises(Invalid):
        pass_over("reporting", first.pk, reason=" ", subscriptions=reporting.subscriptions)
    account = new_id()
    counts = pass_over(
        "reporting", first.pk, reason="Dubbel geteld", account=account, subscriptions=reporting.subscriptions
    )
    assert counts == {"handled": 1, "failed": 0, "left": 2}
    assert reporting.heard(two_parked[0]) == [1, 3]
    (kept,) = passed_over("reporting")
    assert (kept.message_id, kept.reason, kept.account) == (first.pk, "Dubbel geteld", account)
    assert (kept.message, kept.cause, kept.error) == (first.message, "fault", first.error)
    assert HandledEvent.objects.filter(pk=first.pk).exists()
    with pytest.raises(NotFound):
        pass_over("reporting", first.pk, reason="nog eens", subscriptions=reporting.subscriptions)
    assert passed_over("reporting").count() == 1


def test_rubbish_is_passed_over_without_a_trace(matching, reporting, log):
    activity = new_id()
    log.append([Message(topic="matching.offers", key=str(activity), value=b"rubbish")])
    matching.says(activity, 1)
    matching.sends()
    reporting.hears_all()
    assert reporting.parked() == [(0, "unreadable"), (1, "behind")]
    counts = pass_over(
        "reporting", dead_letters("reporting").first().pk, reason="rommel", subscriptions=reporting.subscriptions
    )
    assert counts == {"handled": 1, "failed": 0, "left": 0}
    assert reporting.heard(activity) == [1]
