"""The example world of intake: four municipalities with their allocations, and their activities from a sheet."""

import csv
import io
import json
from datetime import date
from importlib.resources import files
from typing import Any
from uuid import UUID

from coordination.events.cause import Cause, because
from coordination.identity.actor import SYSTEM
from intake.commands.basis import grant_allocation, load_programme, register_municipality
from intake.commands.uploads import confirm_upload, receive_upload
from intake.models import Partner, School, Upload
from intake.models.uploads import HOUSE

SHEET = "example-activities.csv"


def load_basis() -> None:
    """Programme, catalogues, municipalities and allocations; again it changes nothing."""
    load_programme()
    for given in _rows("municipalities.json"):
        register_municipality(actor=SYSTEM, municipality_id=UUID(given.pop("municipality_id")), **given)
    for given in _rows("allocations.json"):
        granted_on = date.fromisoformat(given.pop("granted_on"))
        allocation_id = UUID(given.pop("allocation_id"))
        grant_allocation(actor=SYSTEM, allocation_id=allocation_id, granted_on=granted_on, **given)


def load_sheet() -> bool:
    """The activities, by the commands with which everyone sends a sheet; again it changes nothing.

    Gives False, and does nothing, as long as a school or partner of the sheet is not in intake's copy of the register.
    """
    sent = Upload.objects.filter(owner_key=HOUSE, account_id=SYSTEM.account_id, filename=SHEET).first()
    if sent is None:
        content = files("intake.domain").joinpath("example", SHEET).read_bytes()
        if not _register_is_complete(content.decode("utf-8")):
            return False
        sent = receive_upload(actor=SYSTEM, filename=SHEET, content=content)
    if sent.confirmed_at is None:
        with because(Cause(correlationid=str(sent.id))):
            confirm_upload(actor=SYSTEM, upload_id=sent.id)
    return True


def _register_is_complete(sheet: str) -> bool:
    rows = list(csv.DictReader(io.StringIO(sheet), delimiter=";"))
    brins = {brin for row in rows for brin in _listed(row["BRIN-nummers"])}
    partners = {name for row in rows for name in _listed(row["Partners"])}
    return brins <= set(School.objects.values_list("brin", flat=True)) and partners <= set(
        Partner.objects.filter(registered=True).values_list("name", flat=True)
    )


def _listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(",") if part.strip()]


def _rows(name: str) -> list[dict[str, Any]]:
    return json.loads(files("intake.domain").joinpath("example", name).read_text(encoding="utf-8"))
