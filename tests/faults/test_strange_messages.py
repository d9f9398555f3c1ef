"""What should not be in a topic, heard by real consumers: each is parked with its reason, and all others go on."""

import json
from pathlib import Path

import pytest
from tests.faults.service_form.house import ServiceHouse

from coordination import contracts
from coordination.contracts.identifiers import new_id

pytestmark = pytest.mark.needs("kafka", "postgresql", "redis")

TOPIC = "intake.activities"
STRUCTURED = (("content-type", b"application/cloudevents+json"),)
EXAMPLE = Path(contracts.__file__).parent / "examples/nl.coordination.activities.registered.v1.json"
CONSUMERS = ("matching.consume", "reporting.consume")


def registered() -> dict:
    """News of an activity that nobody has heard of."""
    said = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    activity = str(new_id())
    text = json.dumps(said).replace(said["subject"], activity)
    for line in said["data"]["lines"]:
        text = text.replace(line["line_id"], str(new_id()))
    return json.loads(text) | {"id": str(new_id())}


def as_bytes(said: dict) -> bytes:
    """As it stands in a record in structured mode."""
    return json.dumps(said).encode()


def strange() -> list[tuple[str, bytes | None, str, str]]:
    """Key, value, and how each must be parked: the cause, and what the reason says."""
    large, unknown, newer, other, timeless = (registered() for _ in range(5))
    large["filling"] = "x" * 70_000
    unknown["type"] = "nl.coordination.activities.weighed.v1"
    newer["type"] = "nl.coordination.activities.registered.v2"
    timeless["time"] = "gisteren"
    return [
        (str(new_id()), b"no json at all", "unreadable", "JSON"),
        (str(new_id()), b'{"specversion":"1.0"}', "unreadable", "lacks id"),
        (str(new_id()), None, "unreadable", ""),
        (large["subject"], as_bytes(large), "unreadable", "65536"),
        (str(new_id()), as_bytes(other), "unreadable", "differs from the key"),
        (timeless["subject"], as_bytes(timeless), "unreadable", "gisteren"),
        (unknown["subject"], as_bytes(unknown), "unknown", "weighed.v1"),
        (newer["subject"], as_bytes(newer), "unknown", "registered.v2"),
    ]


def test_what_should_not_be_there_is_parked_with_its_reason_and_ends_nobody(service_house: ServiceHouse):
    house = service_house
    for service in ("intake", "matching"):
        house.run(service, "relay", "--once")
    house.start(*CONSUMERS)
    house.wait_for(lambda: house.lag("matching") == house.lag("reporting") == 0, "what there is to be heard")

    sound, bad = [registered() for _ in range(10)], strange()
    for said, (key, value, *_) in zip(sound, bad, strict=False):
        house.log.write(TOPIC, said["subject"], as_bytes(said), STRUCTURED)
        house.log.write(TOPIC, key, value, STRUCTURED)
    # One that is said in the other mode of the standard: its attributes are headers, and its value is the data.
    binary = sound[-1]
    attributes = tuple((f"ce_{name}", str(value).encode()) for name, value in binary.items() if name != "data")
    in_headers = (*attributes, ("content-type", b"application/json"))
    house.log.write(TOPIC, sound[-2]["subject"], as_bytes(sound[-2]), STRUCTURED)
    house.log.write(TOPIC, binary["subject"], json.dumps(binary["data"]).encode(), in_headers)

    for consumer in CONSUMERS:
        service = consumer.partition(".")[0]
        house.wait_for(lambda service=service: house.lag(service) == 0, f"{service} to hear all")
        there = {id for (id,) in house.ask(service, f"SELECT id::text FROM {service}_activity")}
        assert there == {said["subject"] for said in sound}, service
        parked = {
            subject: (cause, error)
            for subject, cause, error in house.ask(
                service, f"SELECT subject, cause, error FROM {service}_deadletter WHERE topic = %s", TOPIC
            )
        }
        assert len(parked) == len(bad), (service, parked)
        for key, _value, cause, reason in bad:
            assert parked[key][0] == cause and reason in parked[key][1], (service, parked[key])
    assert not house.keeper.restarts(), house.keeper.said()
    told = house.run("reporting", "dead_letters")
    assert all(key in told for key, *_ in bad)
