"""What was once said can be read for ever: schemas are frozen, old reads new and new reads old."""

import re
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

import msgspec
import pytest
from jsonschema import Draft202012Validator, FormatChecker

from coordination.contracts import catalogue
from coordination.contracts.catalogue import Entry
from coordination.contracts.compatibility import additions, differences
from coordination.contracts.describe import PLACE, page
from coordination.contracts.envelope import Envelope
from coordination.contracts.freeze import HERE, freeze, frozen_example, frozen_schema, schema_of
from coordination.contracts.samples import SAMPLES

GRAMMAR = re.compile(
    r"^nl\.coordination\.(?P<subject>[a-z]+(?:-[a-z]+)*)\.(?P<verb>[a-z]+(?:-[a-z]+)*)\.v(?P<version>[1-9]\d*)$"
)
PAST = re.compile(r"(ed|set|said|withdrawn)$")

every_entry = pytest.mark.parametrize("entry", catalogue.ENTRIES, ids=lambda entry: entry.type)


def validator(entry: Entry) -> Draft202012Validator:
    return Draft202012Validator(frozen_schema(entry), format_checker=FormatChecker())


@every_entry
def test_a_type_has_a_frozen_schema_that_is_a_schema(entry: Entry):
    Draft202012Validator.check_schema(frozen_schema(entry))


@every_entry
def test_the_class_still_keeps_what_was_frozen(entry: Entry):
    assert differences(frozen_schema(entry), schema_of(entry)) == []


@every_entry
def test_the_example_is_a_whole_message_in_its_place(entry: Entry):
    envelope = Envelope.from_json(frozen_example(entry))
    raw = msgspec.json.decode(frozen_example(entry))
    assert (envelope.type, envelope.service) == (entry.type, entry.owner)
    assert UUID(envelope.id).version == 7
    assert envelope.subject == raw["partitionkey"] == str(envelope.data[entry.key])
    assert raw["specversion"] == "1.0"
    assert raw["datacontenttype"] == "application/json"
    assert re.fullmatch(r"\d{12}", raw["sequence"])
    assert raw["time"].endswith("Z")


@every_entry
def test_the_example_fits_its_schema(entry: Entry):
    assert list(validator(entry).iter_errors(msgspec.json.decode(frozen_example(entry))["data"])) == []


@every_entry
def test_new_reads_old(entry: Entry):
    event = catalogue.event_from(Envelope.from_json(frozen_example(entry)))
    assert isinstance(event, entry.event)
    assert catalogue.key_of(event) == Envelope.from_json(frozen_example(entry)).subject


@every_entry
def test_old_reads_new(entry: Entry):
    assert list(validator(entry).iter_errors(catalogue.data_of(SAMPLES[entry.type]))) == []


@every_entry
def test_what_is_written_is_read_back_the_same(entry: Entry):
    sample = SAMPLES[entry.type]
    assert msgspec.convert(catalogue.data_of(sample), entry.event) == sample


@every_entry
def test_a_reader_passes_over_fields_it_does_not_know(entry: Entry):
    data = {**catalogue.data_of(SAMPLES[entry.type]), "of_tomorrow": {"deep": [1, None]}}
    assert msgspec.convert(data, entry.event) == SAMPLES[entry.type]
    assert list(validator(entry).iter_errors(data)) == []


@every_entry
def test_names_follow_the_grammar(entry: Entry):
    found = GRAMMAR.match(entry.type)
    assert found, entry.type
    assert found["subject"].endswith("s"), "the subject is plural"
    assert PAST.search(found["verb"]), "what happened is in the past tense"
    assert entry.topic.startswith(f"{entry.owner}.")


@every_entry
def test_it_is_said_and_keyed_by_an_id(entry: Entry):
    assert isinstance(getattr(SAMPLES[entry.type], entry.key), UUID)
    assert entry.owner in ("intake", "matching", "reporting")


def test_types_and_classes_are_unique():
    assert len({entry.type for entry in catalogue.ENTRIES}) == len(catalogue.ENTRIES) == len(catalogue.BY_EVENT)


def test_nothing_frozen_was_taken_away():
    """A file in schemas without an entry is news that somebody may still have in the log."""
    types = {entry.type for entry in catalogue.ENTRIES}
    assert {place.stem for place in (HERE / "schemas").glob("*.json")} == types
    assert {place.stem for place in (HERE / "examples").glob("*.json")} == types


def test_the_events_page_is_current():
    assert PLACE.read_text() == page(), "make it again: python -m coordination.contracts.describe"


@every_entry
def test_the_events_page_describes_every_event(entry: Entry):
    text = PLACE.read_text()
    assert f"### {entry.name}\n" in text
    assert all(f"| `{field}` |" in text for field in schema_of(entry)["$defs"][entry.name]["properties"])


def test_freezing_adds_once_and_then_nothing(tmp_path):
    assert len(freeze(tmp_path)) == len(catalogue.ENTRIES)
    assert freeze(tmp_path) == []


@dataclass(frozen=True, kw_only=True)
class Said:
    """As it was."""

    TYPE: ClassVar = "nl.coordination.tests.said.v1"
    test_id: UUID
    count: int | None = None
    words: tuple[str, ...] = ()


def fields(**annotations) -> dict:
    """The schema of a class Said with these fields, each a type or a (type, default)."""
    body = {
        "__annotations__": {name: kind[0] if isinstance(kind, tuple) else kind for name, kind in annotations.items()},
        **{name: kind[1] for name, kind in annotations.items() if isinstance(kind, tuple)},
    }
    return msgspec.json.schema(dataclass(frozen=True, kw_only=True)(type("Said", (), body)))


SAME = {"test_id": UUID, "count": (int | None, None), "words": (tuple[str, ...], ())}


def test_an_optional_addition_is_allowed():
    more = fields(**SAME, note=(str | None, None))
    assert differences(msgspec.json.schema(Said), more) == []
    assert additions(msgspec.json.schema(Said), more) == ["Said.note"]


@pytest.mark.parametrize(
    "changed",
    [
        {"count": (int | None, None), "words": (tuple[str, ...], ())},
        {**SAME, "test_id": str},
        {**SAME, "count": int},
        {**SAME, "count": (int | None, 0)},
        {**SAME, "words": (tuple[int, ...], ())},
        {**SAME, "must": str},
    ],
    ids=["removed", "other type", "now required", "other default", "other items", "added as required"],
)
def test_any_other_change_is_refused(changed):
    assert differences(msgspec.json.schema(Said), fields(**changed))


def test_freezing_refuses_to_change_what_is_frozen(tmp_path):
    freeze(tmp_path)
    place = tmp_path / "schemas" / f"{catalogue.ENTRIES[0].type}.json"
    place.write_text(place.read_text().replace('"string"', '"integer"', 1))
    before = place.read_text()
    with pytest.raises(RuntimeError, match="never changed"):
        freeze(tmp_path)
    assert place.read_text() == before
