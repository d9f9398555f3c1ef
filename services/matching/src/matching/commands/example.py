"""The register of the example world: its schools and partners, loaded by the same commands people use."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

from coordination.events.unit_of_work import unit_of_work
from coordination.identity.actor import Actor, Membership
from matching.commands.register import register_partner, register_school

PLACE = Path(__file__).parents[1] / "domain" / "example"
LOADER = Actor(
    account_id=UUID(int=0),
    memberships=(Membership(role="administrator", kind="house", key="house", name="Vierspan"),),
)


def load_register() -> None:
    """Enter the 19 schools and 30 partners of the example, all or none; a second time changes nothing."""
    with unit_of_work("matching", role="administrator"):
        for school in _read("schools"):
            register_school(
                actor=LOADER,
                code=school["location_code"],
                name=school["name"],
                school_types=school["school_types"],
                municipality=school["municipality"],
                school_id=UUID(school["school_id"]),
            )
        for partner in _read("partners"):
            for municipality in partner["municipalities"]:
                register_partner(
                    actor=LOADER,
                    name=partner["name"],
                    partner_type=partner["partner_type"],
                    municipality=municipality,
                    partner_id=UUID(partner["partner_id"]),
                )


def _read(name: str) -> list[dict[str, Any]]:
    return json.loads((PLACE / f"{name}.json").read_text(encoding="utf-8"))
