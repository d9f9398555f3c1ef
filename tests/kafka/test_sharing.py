"""How members share partitions: evenly topic by topic, with as little moving as that takes, and never two at once."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as some
from kafka.protocol.consumer.metadata import ConsumerProtocolSubscription
from kafka.structs import TopicPartition
from tests.kafka.conftest import wait_until
from tests.kafka.test_groups import Polling

from coordination.events.kafka.reader import KafkaReader
from coordination.events.kafka.sharing import EachTopicShared

Shares = dict[str, set[tuple[str, int]]]

topics_given = some.dictionaries(some.sampled_from(["a", "b", "c", "d", "e"]), some.integers(1, 12), min_size=1)
members_given = some.sets(some.sampled_from(["m1", "m2", "m3", "m4", "m5"]), min_size=1)


def one_round(topics: dict[str, int], held: Shares) -> Shares:
    """What the members have after one rebalance."""
    cluster = SimpleNamespace(topics=lambda: set(topics), partitions_for_topic=lambda topic: set(range(topics[topic])))
    members = []
    for name, places in held.items():
        owned = [
            ConsumerProtocolSubscription.TopicPartition(
                topic=topic, partitions=sorted(number for of, number in places if of == topic)
            )
            for topic in {topic for topic, _ in places}
        ]
        told = ConsumerProtocolSubscription(version=1, topics=sorted(topics), user_data=b"", owned_partitions=owned)
        members.append(SimpleNamespace(member_id=name, group_instance_id=None, metadata=told))
    given = EachTopicShared().assign(cluster, members)
    return {name: {(place.topic, place.partition) for place in given[name].partitions()} for name in held}


def settled(topics: dict[str, int], held: Shares) -> Shares:
    """What the members have once a rebalance changes nothing any more."""
    for _ in range(5):
        following = one_round(topics, held)
        if following == held:
            return held
        held = following
    raise AssertionError("partitions go on moving")


@given(topics=topics_given, first=members_given, then=members_given)
def test_each_topic_is_shared_evenly_whoever_comes_or_goes(topics, first, then):
    before = settled(topics, {name: set() for name in first})
    after = settled(topics, {name: before.get(name, set()) for name in then})
    everything = {(topic, number) for topic, partitions in topics.items() for number in range(partitions)}
    for shares in (before, after):
        places = [place for share in shares.values() for place in share]
        assert len(places) == len(everything)
        assert set(places) == everything
        for topic in topics:
            counts = [sum(of == topic for of, _ in share) for share in shares.values()]
            assert max(counts) - min(counts) <= 1
        totals = [len(share) for share in shares.values()]
        assert max(totals) - min(totals) <= 1


@given(topics=topics_given, first=members_given, then=members_given)
def test_nobody_is_given_what_another_still_has(topics, first, then):
    before = settled(topics, {name: set() for name in first})
    held = {name: before.get(name, set()) for name in then}
    for name, share in one_round(topics, held).items():
        assert not any(share & places for other, places in held.items() if other != name)


@given(topics=topics_given, names=members_given)
def test_one_that_comes_takes_from_the_others_and_moves_nothing_between_them(topics, names):
    before = settled(topics, {name: set() for name in names})
    after = settled(topics, before | {"late": set()})
    for name in names:
        moved = after[name] - before[name]
        # At most the one more of a topic changes hands, to keep the totals even.
        assert len(moved) <= len(topics)


def test_what_two_say_to_have_neither_keeps():
    topics = {"a": 2}
    both = one_round(topics, {"m1": {("a", 0), ("a", 1)}, "m2": {("a", 0)}})
    assert not any(("a", 0) in share for share in both.values())
    assert set().union(*settled(topics, both).values()) == {("a", 0), ("a", 1)}


@pytest.mark.needs("kafka")
def test_two_readers_of_several_topics_have_half_of_each(logs, made):
    topics = ["intake.activities", "matching.offers", "matching.participations"]
    made(topics)
    first, second = logs().reader("sharing", topics), logs().reader("sharing", topics)

    def halves(reader: KafkaReader) -> dict[str, int]:
        places: set[TopicPartition] = reader._consumer.assignment() or set()
        return {topic: sum(place.topic.endswith(topic) for place in places) for topic in topics}

    with Polling(first), Polling(second):
        wait_until(lambda: set(halves(first).values()) == set(halves(second).values()) == {2}, "half of each topic")
