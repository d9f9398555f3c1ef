"""What stands in a record, and what is done with one that should not be there: parked with its reason, never fatal."""

import pytest
from kafka import KafkaConsumer, KafkaProducer

from coordination.contracts.envelope import Envelope
from coordination.contracts.identifiers import new_id
from coordination.events.cause import Cause, because
from reporting.models.messaging import DeadLetter

TRACE = "00-5b8efff798038103d269b633813fc60c-00f067aa0ba902b7-01"
pytestmark = [
    pytest.mark.needs("kafka"),
    pytest.mark.django_db(transaction=True, databases="__all__"),
]


@pytest.fixture
def stranger(at, log):
    """Somebody else who writes into the topic: stranger(key, value, headers)."""
    producer = KafkaProducer(bootstrap_servers=at.bootstrap_servers)

    def write(key: str | None, value: bytes | None, **headers: str) -> None:
        given = [(name.replace("content_type", "content-type"), text.encode()) for name, text in headers.items()]
        sent = producer.send(
            f"{at.prefix}matching.offers", value, key.encode() if key is not None else None, headers=given
        )
        sent.get(timeout=10)

    yield write
    producer.close()


def test_a_message_is_a_structured_cloud_event_with_its_attributes_repeated(at, matching):
    activity = new_id()
    with because(Cause(traceparent=TRACE)):
        (entry,) = matching.says(activity, 3)
    matching.sends()
    consumer = KafkaConsumer(
        f"{at.prefix}matching.offers",
        bootstrap_servers=at.bootstrap_servers,
        auto_offset_reset="earliest",
        consumer_timeout_ms=8000,
    )
    record = next(iter(consumer))
    consumer.close()
    headers = {name: text.decode() for name, text in record.headers}
    assert record.key.decode() == str(activity)
    envelope = Envelope.from_json(record.value)
    assert envelope.id == str(entry.id)
    assert headers.pop("content-type") == "application/cloudevents+json; charset=UTF-8"
    assert headers.pop("ce_time").endswith("Z")
    assert headers == {
        "ce_specversion": "1.0",
        "ce_id": envelope.id,
        "ce_source": envelope.source,
        "ce_type": envelope.type,
        "ce_subject": str(activity),
        "ce_traceparent": TRACE,
    }


def test_binary_mode_is_heard_too(matching, reporting, stranger, hear):
    activity = new_id()
    first, _ = matching.says(activity, 5, 6)
    envelope = Envelope.from_json(first.message)
    data = first.message[first.message.index('"data":') + len('"data":') : -1]
    stranger(
        str(activity),
        data.encode(),
        content_type="application/json",
        ce_specversion="1.0",
        ce_id=envelope.id,
        ce_source=envelope.source,
        ce_type=envelope.type,
        ce_subject=envelope.subject,
        ce_time=envelope.time.isoformat(),
        ce_sequence="000000000001",
    )
    type(first).objects.filter(pk=first.pk).delete()
    matching.sends()
    hear(reporting)
    assert reporting.heard(activity) == [5, 6]
    assert reporting.parked() == []


@pytest.mark.parametrize(
    ("key", "value", "cause", "reason"),
    [
        ("k", b"no json at all", "unreadable", "JSON"),
        ("k", b'{"specversion":"1.0"}', "unreadable", "lacks id"),
        ("k", None, "unreadable", ""),
        (None, b"{}", "unreadable", "not a CloudEvents"),
        ("another", "whole", "unreadable", "differs from the key"),
        ("subject", "large", "unreadable", "65536"),
        ("subject", "unknown", "unknown", "nl.coordination.offers.weighed.v1"),
        ("subject", "newer", "unknown", "nl.coordination.offers.places-set.v2"),
    ],
    ids=["no json", "no cloud event", "no value", "no key", "wrong key", "over 64 KB", "unknown type", "newer version"],
)
def test_what_should_not_be_there_is_parked_and_others_go_on(
    matching, reporting, stranger, hear, key, value, cause, reason
):
    strange, sound = new_id(), new_id()
    (entry,) = matching.says(strange, 1)
    text = entry.message
    type(entry).objects.filter(pk=entry.pk).delete()
    made = {
        "whole": text,
        "large": text.replace('"data":', f'"filling":"{"x" * 70_000}","data":'),
        "unknown": text.replace("places-set.v1", "weighed.v1"),
        "newer": text.replace("places-set.v1", "places-set.v2"),
    }
    content = made[value].encode() if isinstance(value, str) else value
    stranger(str(strange) if key == "subject" else key, content, content_type="application/cloudevents+json")
    matching.says(sound, 8, 9)
    matching.sends()
    hear(reporting)
    assert reporting.heard(sound) == [8, 9]
    assert reporting.heard(strange) == []
    letter = DeadLetter.objects.get()
    assert letter.cause == cause
    assert reason in letter.error
