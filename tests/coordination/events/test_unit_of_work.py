"""What a command writes and what it says are kept together or undone together."""

import pytest

from coordination.contracts.envelope import Envelope
from coordination.contracts.identifiers import new_id
from coordination.contracts.intake import OrganisationProposed
from coordination.contracts.matching import PlacesSet
from coordination.events.cause import Cause, because
from coordination.events.unit_of_work import WrongUnit, attempt, silence, unit_of_work
from coordination.events.wakeup import listen, unlisten
from intake.models.messaging import OutboxEntry as IntakeEntry
from matching.models.messaging import HandledEvent, OutboxEntry

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def places(activity=None, number: int = 1) -> PlacesSet:
    return PlacesSet(activity_id=activity or new_id(), municipality="9901", places=number)


def write_a_row() -> None:
    from coordination.contracts.clock import recorded_now

    HandledEvent.objects.create(id=new_id(), topic="test", handled_at=recorded_now())


def test_row_and_message_are_kept_together():
    with unit_of_work("matching", role="policy_officer") as say:
        write_a_row()
        said = say(places(number=12))
    entry = OutboxEntry.objects.get(id=said)
    envelope = Envelope.from_json(entry.message)
    assert HandledEvent.objects.count() == 1
    assert entry.sent_at is None
    assert (entry.topic, entry.type) == ("matching.offers", PlacesSet.TYPE)
    assert (envelope.service, envelope.actingrole, envelope.data["places"]) == ("matching", "policy_officer", 12)


def test_an_error_leaves_neither_row_nor_message():
    with pytest.raises(ZeroDivisionError), unit_of_work("matching") as say:
        write_a_row()
        say(places())
        raise ZeroDivisionError
    assert not HandledEvent.objects.exists()
    assert not OutboxEntry.objects.exists()


def test_a_unit_inside_another_joins_it():
    with pytest.raises(ZeroDivisionError), unit_of_work("matching") as outer:
        with unit_of_work("matching") as inner:
            write_a_row()
            inner(places())
        assert inner is outer
        raise ZeroDivisionError
    assert not HandledEvent.objects.exists()
    assert not OutboxEntry.objects.exists()


def test_a_unit_of_another_service_is_refused():
    with unit_of_work("matching"), pytest.raises(WrongUnit), unit_of_work("intake"):
        pass


def test_after_an_error_another_service_may_have_its_turn():
    with pytest.raises(ZeroDivisionError), unit_of_work("matching"):
        raise ZeroDivisionError
    with unit_of_work("intake"):
        pass


def test_only_the_owner_may_say_it():
    proposed = OrganisationProposed(organisation_id=new_id(), kind="partner", name="De Brug", municipality="9901")
    with unit_of_work("matching") as say, pytest.raises(WrongUnit):
        say(proposed)
    assert not OutboxEntry.objects.exists()


def test_numbers_count_per_subject_from_one():
    one, other = new_id(), new_id()
    for activity in (one, other, one, one):
        with unit_of_work("matching") as say:
            say(places(activity))
    with unit_of_work("matching") as say:
        say(places(other))
        say(places(other))
    numbers = OutboxEntry.objects.order_by("number").values_list("subject", "sequence")
    assert [number for subject, number in numbers if subject == str(one)] == [1, 2, 3]
    assert [number for subject, number in numbers if subject == str(other)] == [1, 2, 3]


def test_a_number_undone_is_given_again():
    activity = new_id()
    with pytest.raises(ZeroDivisionError), unit_of_work("matching") as say:
        say(places(activity))
        raise ZeroDivisionError
    with unit_of_work("matching") as say:
        say(places(activity))
    assert OutboxEntry.objects.get().sequence == 1


def test_an_attempt_that_fails_takes_only_its_own_part_along():
    kept = new_id()
    with unit_of_work("matching") as say:
        say(places(kept))
        with pytest.raises(ZeroDivisionError), attempt("matching"):
            write_a_row()
            say(places())
            raise ZeroDivisionError
    assert [one.subject for one in OutboxEntry.objects.all()] == [str(kept)]
    assert not HandledEvent.objects.exists()


def test_many_at_once_are_numbered_in_the_order_of_saying():
    one, other = new_id(), new_id()
    with unit_of_work("matching") as say:
        say(places(one, 1))
    with unit_of_work("matching") as say:
        said = [say(places(activity, number)) for number in (2, 3, 4) for activity in (one, other)]
        assert not OutboxEntry.objects.filter(id__in=said).exists(), "all of it is written at the end, together"
    entries = list(OutboxEntry.objects.order_by("number"))
    assert [entry.id for entry in entries[1:]] == said
    assert [entry.sequence for entry in entries if entry.subject == str(one)] == [1, 2, 3, 4]
    assert [entry.sequence for entry in entries if entry.subject == str(other)] == [1, 2, 3]
    for entry in entries:
        envelope = Envelope.from_json(entry.message)
        assert (envelope.sequence, envelope.id, envelope.subject) == (entry.sequence, str(entry.id), entry.subject)


def test_text_that_looks_like_the_number_of_a_message_stays_what_it_is():
    name = '"sequence":"000000000000"'
    with unit_of_work("intake", role=name) as say:
        said = say(OrganisationProposed(organisation_id=new_id(), kind="partner", name=name, municipality="9901"))
    envelope = Envelope.from_json(IntakeEntry.objects.get(id=said).message)
    assert (envelope.sequence, envelope.data["name"], envelope.actingrole) == (1, name, name)


def test_the_bell_rings_after_the_commit_and_not_when_undone(settings):
    settings.VIERSPAN_OUTBOX_WATCH = "coordination.events.watch.BellWatch"
    bell = listen("outbox:matching")
    with pytest.raises(ZeroDivisionError), unit_of_work("matching") as say:
        say(places())
        raise ZeroDivisionError
    assert not bell.is_set()
    with unit_of_work("matching") as say:
        say(places())
        assert not bell.is_set()
    assert bell.is_set()
    unlisten(bell, "outbox:matching")


def test_the_cause_travels_along():
    with because(Cause(correlationid="request-1", causationid="message-1")), unit_of_work("matching") as say:
        say(places())
    envelope = Envelope.from_json(OutboxEntry.objects.get().message)
    assert (envelope.correlationid, envelope.causationid) == ("request-1", "message-1")


def test_in_silence_rows_are_kept_and_nothing_is_said():
    with silence(), unit_of_work("matching") as say:
        write_a_row()
        say(places())
    assert HandledEvent.objects.count() == 1
    assert not OutboxEntry.objects.exists()
