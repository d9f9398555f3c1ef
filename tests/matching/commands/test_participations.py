"""Joining from request to end: what each may do, the waiting list, and the last place under many at once."""

import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coordination.contracts.refusals import Conflict, Forbidden, Invalid, NotFound, Refusal
from matching.commands.offers import set_places
from matching.commands.participations import confirm, decide, record_for, request_participation, withdraw
from matching.models import OutboxEntry, Participation

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
BASIS = ["90AA", "90AB", "90AC"]


def ask(world, brin, activity, pupils=5, note=""):
    return request_participation(
        actor=world.coordinator(brin), activity=activity, school=world.schools[brin], pupils=pupils, note=note
    )


def answer(world, participation, decision, reason=None):
    return decide(actor=world.officer(), participation=participation.pk, decision=decision, reason=reason)


def said(participation):
    return OutboxEntry.objects.filter(topic="matching.participations", subject=str(participation.pk)).count()


def test_a_school_asks_and_the_officer_accepts(world):
    activity = world.activity()
    asked = ask(world, "90AA", activity, pupils=12, note="Past dit in groep 7?")
    assert (asked.state, asked.pupils, asked.origin) == ("requested", 12, "school")
    accepted = answer(world, asked, "accept")
    assert accepted.state == "joined"
    assert [one.state for one in accepted.changes.all()] == ["requested", "joined"]
    assert said(asked) == 2
    assert "groep 7" not in OutboxEntry.objects.filter(subject=str(asked.pk)).first().message


def test_a_double_click_is_one_act(world):
    activity = world.activity()
    first, second = ask(world, "90AA", activity), ask(world, "90AA", activity)
    assert first.pk == second.pk
    answer(world, first, "accept")
    answer(world, first, "accept")
    assert said(first) == 2


def test_another_number_replaces_an_open_request(world):
    activity = world.activity()
    ask(world, "90AA", activity, pupils=5)
    assert ask(world, "90AA", activity, pupils=9).pupils == 9
    assert Participation.objects.count() == 1


@pytest.mark.parametrize("pupils", [0, -3, 5_001, 10**18, True, "12", 2.5, None])
def test_absurd_numbers_of_pupils_are_refused(world, pupils):
    with pytest.raises(Invalid) as refusal:
        ask(world, "90AA", world.activity(), pupils=pupils)
    assert refusal.value.problems[0].field == "pupils"


def test_a_note_is_cleaned_and_bounded(world):
    activity = world.activity()
    assert ask(world, "90AA", activity, note="a\x00b\u202e c 🙂").note == "ab c 🙂"
    with pytest.raises(Invalid):
        ask(world, "90AB", activity, note="x" * 501)


def test_full_means_waiting_and_a_withdrawal_moves_the_next_up(world):
    activity = world.activity()
    set_places(actor=world.officer(), activity=activity, places=10)
    first = answer(world, ask(world, "90AA", activity, pupils=8), "accept")
    second = ask(world, "90AB", activity, pupils=6)
    third = ask(world, "90AC", activity, pupils=1)
    assert [(one.state, one.position) for one in (second, third)] == [("waiting", 1), ("waiting", 2)]
    withdraw(actor=world.coordinator("90AA"), participation=first.pk, reason="changed_need")
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state, second.position, third.state) == ("joined", None, "joined")


def test_nobody_passes_a_school_that_needs_more_places(world):
    activity = world.activity()
    set_places(actor=world.officer(), activity=activity, places=10)
    answer(world, ask(world, "90AA", activity, pupils=8), "accept")
    ask(world, "90AB", activity, pupils=6)
    assert ask(world, "90AC", activity, pupils=1).state == "waiting"


def test_accepting_what_no_longer_fits_puts_on_the_waiting_list(world):
    activity = world.activity()
    requests = [ask(world, brin, activity, pupils=6) for brin in BASIS[:2]]
    set_places(actor=world.officer(), activity=activity, places=10)
    assert answer(world, requests[0], "accept").state == "joined"
    late = answer(world, requests[1], "accept")
    assert (late.state, late.position) == ("waiting", 1)
    with pytest.raises(Conflict):
        answer(world, late, "accept")
    set_places(actor=world.officer(), activity=activity, places=12)
    late.refresh_from_db()
    assert late.state == "joined"


def test_without_a_limit_a_withdrawal_moves_one_up(world):
    activity = world.activity()
    joined = answer(world, ask(world, "90AA", activity), "accept")
    waiting = [answer(world, ask(world, brin, activity), "wait") for brin in BASIS[1:]]
    assert [one.position for one in waiting] == [1, 2]
    withdraw(actor=world.coordinator("90AA"), participation=joined.pk)
    for one in waiting:
        one.refresh_from_db()
    assert [(one.state, one.position) for one in waiting] == [("joined", None), ("waiting", 1)]


def test_declining_wants_a_reason_of_the_list_and_the_school_may_ask_again(world):
    asked = ask(world, "90AA", world.activity())
    for reason in (None, "", "because"):
        with pytest.raises(Invalid):
            answer(world, asked, "decline", reason)
    declined = answer(world, asked, "decline", "budget_exhausted")
    assert (declined.state, declined.reason) == ("declined", "budget_exhausted")
    again = ask(world, "90AA", asked.activity_id)
    assert (again.pk, again.state, again.reason) == (asked.pk, "requested", "")
    with pytest.raises(Invalid):
        answer(world, asked, "perhaps")


def test_another_school_or_municipality_finds_nothing(world):
    activity = world.activity()
    asked = ask(world, "90AA", activity)
    with pytest.raises(NotFound):
        request_participation(
            actor=world.coordinator("90AB"), activity=activity, school=world.schools["90AA"], pupils=5
        )
    with pytest.raises(NotFound):
        withdraw(actor=world.coordinator("90AB"), participation=asked.pk)
    with pytest.raises(NotFound):
        decide(actor=world.officer("9902"), participation=asked.pk, decision="accept")
    with pytest.raises(NotFound):
        record_for(actor=world.officer("9902"), activity=activity, school=world.schools["91BA"])
    with pytest.raises(Forbidden):
        decide(actor=world.officer(role="budget_holder"), participation=asked.pk, decision="accept")
    with pytest.raises(Forbidden):
        decide(actor=world.coordinator("90AA"), participation=asked.pk, decision="accept")
    with pytest.raises(Forbidden):
        request_participation(actor=world.officer(), activity=activity, school=world.schools["90AA"], pupils=5)


def test_an_activity_of_another_municipality_is_open_to_a_school_it_names(world):
    closed = world.activity()
    with pytest.raises(NotFound):
        ask(world, "91BD", closed)
    own = world.activity(municipality="9903", number="HDH-003", schools=(world.schools["91BD"],))
    found = Participation.objects.get(activity_id=own, school_id=world.schools["91BD"])
    assert (found.state, found.origin, found.confirmed) == ("joined", "municipality", False)
    with pytest.raises(Forbidden):
        decide(actor=world.officer("9902"), participation=found.pk, decision="accept")


@pytest.mark.parametrize("status", ["completed", "stopped"])
def test_an_activity_that_ended_takes_no_requests(world, status):
    with pytest.raises(Conflict):
        ask(world, "90AA", world.activity(status=status))


def test_a_draft_is_not_there_for_schools(world):
    with pytest.raises(NotFound):
        ask(world, "90AA", world.activity(status="draft"))


def test_a_recorded_school_confirms_and_corrects_within_the_places(world):
    activity = world.activity(schools=(world.schools["90AA"],))
    recorded = Participation.objects.get(activity_id=activity)
    set_places(actor=world.officer(), activity=activity, places=20)
    with pytest.raises(Conflict):
        confirm(actor=world.coordinator(), participation=recorded.pk, pupils=21)
    confirmed = confirm(actor=world.coordinator(), participation=recorded.pk, pupils=20)
    assert (confirmed.confirmed, confirmed.pupils) == (True, 20)
    assert ask(world, "90AB", activity, pupils=4).state == "waiting"
    confirm(actor=world.coordinator(), participation=recorded.pk, pupils=16)
    assert Participation.objects.get(school_id=world.schools["90AB"]).state == "joined"


def test_the_officer_records_a_school_of_another_municipality(world):
    activity = world.activity()
    found = record_for(actor=world.officer(), activity=activity, school=world.schools["91BD"], pupils=3)
    assert (found.state, found.origin, found.municipality) == ("joined", "municipality", "9901")


def test_the_last_place_goes_to_one_school_however_many_ask_at_once(world):
    activity = world.activity()
    officer = world.officer()
    requests = [ask(world, brin, activity, pupils=6) for brin in BASIS]
    set_places(actor=officer, activity=activity, places=10)
    start, faults = threading.Barrier(3), []

    def accept(one):
        from django.db import connections

        try:
            start.wait(5)
            decide(actor=officer, participation=one.pk, decision="accept")
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=accept, args=(one,)) for one in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert faults == []
    assert sorted(one.state for one in Participation.objects.all()) == ["joined", "waiting", "waiting"]
    assert sorted(Participation.objects.filter(state="waiting").values_list("position", flat=True)) == [1, 2]


steps = st.lists(
    st.tuples(
        st.sampled_from(["ask", "accept", "decline", "wait", "withdraw", "places"]),
        st.sampled_from(BASIS),
        st.integers(1, 8),
    ),
    max_size=15,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_whatever_happens_the_limit_holds_and_the_list_has_no_holes(world, steps):
    activity = world.activity()
    limit = None
    for action, brin, number in steps:
        found = Participation.objects.filter(activity_id=activity, school_id=world.schools[brin]).first()
        try:
            if action == "ask":
                ask(world, brin, activity, pupils=number)
            elif action == "places":
                set_places(actor=world.officer(), activity=activity, places=number + 4)
                limit = number + 4
            elif found is not None and action == "withdraw":
                withdraw(actor=world.coordinator(brin), participation=found.pk)
            elif found is not None:
                answer(world, found, action, "no_places" if action == "decline" else None)
        except Refusal:
            pass
        rows = Participation.objects.filter(activity_id=activity)
        joined = sum(one.pupils for one in rows if one.state == "joined")
        assert limit is None or joined <= limit
        waiting = sorted(one.position for one in rows if one.state == "waiting")
        assert waiting == list(range(1, len(waiting) + 1))
        assert all(one.position is None for one in rows if one.state != "waiting")
        assert all(one.changes.last().state == one.state for one in rows)
