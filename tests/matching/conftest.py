"""A small world for matching: its example register, and news from intake heard through the subscription table."""

import json
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

import matching
from coordination.contracts import catalogue, clock, intake
from coordination.contracts.clock import recorded_now
from coordination.contracts.envelope import Envelope
from coordination.contracts.identifiers import new_id
from coordination.events.unit_of_work import unit_of_work
from coordination.identity.actor import Actor
from coordination.testing import actors
from matching.commands.example import load_register
from matching.subscriptions import SUBSCRIPTIONS

EXAMPLE = Path(matching.__file__).parent / "domain" / "example"
GROUPS = {
    "mental_problems": "Leerlingen met mentale problemen",
    "vulnerable_home": "Leerlingen in kwetsbare thuissituaties",
    "parents": "Ouders of verzorgers",
    "all_pupils": "Alle leerlingen",
}


class World:
    """Says what intake would say, and makes the people who act."""

    def __init__(self) -> None:
        self.schools = {
            one["brin"]: UUID(one["school_id"]) for one in json.loads((EXAMPLE / "schools.json").read_text())
        }
        self.partners = {
            one["name"]: UUID(one["partner_id"]) for one in json.loads((EXAMPLE / "partners.json").read_text())
        }
        self._numbers: dict[str, int] = {}

    def hear(self, event) -> Envelope:
        """One message as the consumer would hand it over."""
        entry, key = catalogue.entry_of(event), catalogue.key_of(event)
        number = self._numbers[entry.topic + key] = self._numbers.get(entry.topic + key, 0) + 1
        envelope = Envelope(
            id=str(new_id()),
            source="urn:test:intake",
            type=entry.type,
            subject=key,
            time=recorded_now(),
            sequence=number,
        )
        self.again(event, envelope)
        return envelope

    def again(self, event, envelope) -> None:
        """A message that comes once more, past its mark, as a rebuild brings it."""
        with unit_of_work("matching"):
            for handler in SUBSCRIPTIONS.handlers_of(type(event)):
                handler(event, envelope)

    def details(self, number="MRS-001", **other) -> intake.ActivityDetails:
        """A description with everything known that matching looks at."""
        given = {
            "title": "Schoolmaatschappelijk werk plus",
            "measure_type": "extra_school_social_work",
            "starts_on": date(2021, 10, 1),
            "ends_on": date(2025, 7, 31),
            "total_cents": 540_000_00,
            "sectors": ("po",),
            "school_types": ("basisschool",),
            "target_groups": ("mental_problems",),
            "continuation": "uncertain",
        }
        return intake.ActivityDetails(number=number, **{**given, **other})

    def activity(self, *, municipality="9901", status="running", status_reason=None, **details) -> UUID:
        """An activity registered at intake; gives its id."""
        activity_id = new_id()
        self.hear(
            intake.ActivityRegistered(
                activity_id=activity_id,
                municipality=municipality,
                programme="np_onderwijs",
                details=self.details(**details),
                status=status,
                status_reason=status_reason,
                lines=(),
            )
        )
        return activity_id

    def officer(self, municipality="9901", role="policy_officer") -> Actor:
        """Somebody of a municipality."""
        return actors.actor(role, municipality)

    def coordinator(self, brin="90AA") -> Actor:
        """The coordinator of an example school."""
        return actors.coordinator(self.schools[brin])

    def partner(self, name="Stichting Welzijn Polderlicht") -> Actor:
        """Somebody of an example partner."""
        return actors.partner(self.partners[name])

    def administrator(self) -> Actor:
        """The administrator of the house."""
        return actors.administrator()


@pytest.fixture
def world():
    """The example register, the four municipalities and the target groups, on the date of the example world."""
    clock.stand_still_at(date(2025, 1, 14))
    load_register()
    found = World()
    for code, name in (("9901", "Merenstad"), ("9902", "Dijkermond"), ("9903", "Heidehoek"), ("9904", "Sint Columba")):
        zone = "America/Kralendijk" if code == "9904" else "Europe/Amsterdam"
        found.hear(
            intake.MunicipalityRegistered(
                municipality_id=new_id(),
                code=code,
                name=name,
                kind="municipality",
                zone=zone,
                number_prefix="X",
                theme="",
            )
        )
    entries = tuple(intake.CatalogueEntry(slug=slug, label_nl=label) for slug, label in GROUPS.items())
    found.hear(intake.CatalogueDefined(catalogue_id=new_id(), name="target_group", entries=entries))
    reasons = (intake.CatalogueEntry(slug="low_demand", label_nl="Minder vraag dan verwacht"),)
    found.hear(intake.CatalogueDefined(catalogue_id=new_id(), name="delay_reason", entries=reasons))
    yield found
    clock.stand_still_at(None)
