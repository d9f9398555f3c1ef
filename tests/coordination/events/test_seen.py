"""What is counted of saying, sending and hearing, as Prometheus reads it; and traces that are none."""

import pytest
from prometheus_client import REGISTRY

from coordination.contracts.envelope import Envelope
from coordination.contracts.identifiers import new_id
from coordination.contracts.matching import PlacesSet
from coordination.events.cause import Cause, because, current_cause
from coordination.events.log import Message
from coordination.events.trace import continued, kept, trace_id
from coordination.events.unit_of_work import unit_of_work

GOOD = "00-5b8efff798038103d269b633813fc60c-00f067aa0ba902b7-01"


class Counted:
    """How much a figure grew since this was made."""

    def __init__(self, name: str, **labels: str) -> None:
        self._of = (name, labels)
        self._before = self._now()

    def _now(self) -> float:
        return REGISTRY.get_sample_value(*self._of) or 0

    @property
    def more(self) -> float:
        return self._now() - self._before


def places_heard(outcome: str) -> Counted:
    return Counted("vierspan_events_heard_total", service="reporting", type=PlacesSet.TYPE, outcome=outcome)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_news_is_counted_from_said_to_handled(matching, reporting):
    sent = Counted("vierspan_events_sent_total", service="matching")
    portions = Counted("vierspan_relay_delay_seconds_count", service="matching")
    delays = Counted("vierspan_projection_delay_seconds_count", service="reporting")
    handled, repeated = places_heard("handled"), places_heard("repeated")
    activity = new_id()
    matching.says(activity, 1, 2, 3)
    matching.sends()
    consumer = reporting.hears_all()
    assert (sent.more, portions.more, handled.more, delays.more) == (3, 1, 3, 1)
    consumer.reader.rewind()
    consumer.run_once()
    consumer.close()
    assert (repeated.more, handled.more, delays.more) == (3, 3, 1)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_what_is_parked_is_counted_by_type_and_cause(matching, reporting, log):
    fault, behind = places_heard("fault"), places_heard("behind")
    strange = Counted("vierspan_events_heard_total", service="reporting", type="unknown", outcome="unreadable")
    reporting.faults.append(lambda event: 1 / (event.places - 1))
    matching.says(new_id(), 1, 2)
    matching.sends()
    log.append([Message(topic="matching.offers", key="x", value=b"rubbish")])
    reporting.hears_all()
    assert (fault.more, behind.more, strange.more) == (1, 1, 1)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_unit_of_work_is_timed_under_the_name_of_its_command_also_when_undone():
    def set_places(fails: bool) -> None:
        with unit_of_work("matching", role="policy_officer") as say:
            say(PlacesSet(activity_id=new_id(), municipality="9901", places=1 // (not fails)))

    name, labels = "vierspan_command_seconds_count", {"service": "matching", "command": "set_places"}
    kept_units, undone = Counted(name, outcome="kept", **labels), Counted(name, outcome="undone", **labels)
    set_places(False)
    with pytest.raises(ZeroDivisionError):
        set_places(True)
    assert (kept_units.more, undone.more) == (1, 1)


@pytest.mark.parametrize(
    "given", ["", "00-0", GOOD.upper(), f"{GOOD}-x", f"ff{GOOD[2:]}", f"00-{'0' * 32}-00f067aa0ba902b7-01", 12, None]
)
def test_a_trace_that_is_none_is_let_go_of_and_another_begun(given):
    assert kept(given) == ""
    if isinstance(given, str):
        assert kept(continued(given)) and trace_id(continued(given)) not in given


def test_a_trace_goes_on_with_a_part_of_our_own():
    own = continued(GOOD)
    assert kept(own) == own != GOOD
    assert trace_id(own) == trace_id(GOOD) == GOOD[3:35]


@pytest.mark.django_db(transaction=True, databases="__all__")
@pytest.mark.parametrize(("given", "during"), [(GOOD, GOOD), ("geen trace", "")])
def test_handling_happens_within_the_trace_of_the_message(matching, reporting, given, during):
    found = []
    reporting.faults.append(lambda _event: found.append(current_cause().traceparent))
    with because(Cause(traceparent=given)):
        (row,) = matching.says(new_id(), 1)
    assert Envelope.from_json(row.message).traceparent == given
    matching.sends()
    reporting.hears_all()
    assert found == [during]
