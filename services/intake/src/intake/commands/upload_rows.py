"""Repairing the rows of a sheet that wait: other texts, a choice, cells that belong together, a school to propose."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from coordination.contracts.identifiers import new_id
from coordination.contracts.refusals import Conflict, Invalid, NotFound, problem
from coordination.events.unit_of_work import unit_of_work
from coordination.identity.actor import Actor
from intake import publications
from intake.commands.uploads import judge_again, role_in, visible_upload
from intake.domain.sheet_columns import Columns
from intake.domain.sheet_csv import NUL_SHOWN
from intake.domain.sheet_duplicates import SECOND_ACTIVITY, UPDATE
from intake.domain.sheet_findings import LABELS, YEAR_FIELD
from intake.domain.sheet_judgement import CHANGE_REASON, LEAVE_OUT, SAME_ACTIVITY, JudgedRow, cells_of
from intake.domain.sheet_rows import unknown_codes
from intake.domain.texts import cleaned, text_problems
from intake.models import Upload, UploadRow
from intake.models.sheet_registers import columns_for, judge, register_for

SWAP_DATES = "swap-dates"
CHOICES = (LEAVE_OUT, SAME_ACTIVITY, SECOND_ACTIVITY, UPDATE, SWAP_DATES, "")
_CELL_LENGTH = 10_000
_NAME_LENGTH = 200


def repair_row(
    *,
    actor: Actor,
    upload_id: UUID | str,
    row: int,
    values: Mapping[str, str] | None = None,
    choice: str | None = None,
    joined: int | None = None,
) -> JudgedRow:
    """Change what a waiting row says and judge it again; gives the row as it now stands.

    values are texts by field, as they would stand in the sheet. choice is leave-out, same-activity, second-activity,
    update or swap-dates; an empty one takes a choice back. joined is the place, from 0, of the first of the cells that
    belong together in a row with too many. Raises NotFound, Conflict for a row that was taken over, and Invalid.
    """
    repair_rows(
        actor=actor,
        upload_id=upload_id,
        repairs={row: {"values": values or {}, "choice": choice, "joined": joined}},
    )
    upload = visible_upload(actor, upload_id)
    found = judge(upload, upload.rows.all(), register_for(upload.municipalities))
    return next(one for one in found if one.row == row)


def repair_rows(*, actor: Actor, upload_id: UUID | str, repairs: Mapping[int, Mapping[str, Any]]) -> Upload:
    """Change several rows in one unit of work; a repair has values, choice and joined as in repair_row.

    Raises NotFound for an upload of others or a row that is not there, Conflict and Invalid.
    """
    upload = visible_upload(actor, upload_id)
    with unit_of_work("intake", role=role_in(actor, upload.owner_key)) as say:
        upload = Upload.objects.select_for_update().get(id=upload.id)
        columns = columns_for(upload, register_for(upload.municipalities))
        rows = list(upload.rows.all())
        by_number = {row.row: row for row in rows}
        for number, repair in repairs.items():
            if number not in by_number:
                raise NotFound(f"Rij {number} staat niet in dit bestand.")
            _repair(by_number[number], columns, upload.separator, repair)
        judge_again(upload, rows)
        say.changed("upload", upload.id, upload.audience)
    return upload


def propose_school(
    *, actor: Actor, upload_id: UUID | str, row: int, code: str, name: str, organisation_id: UUID | None = None
) -> UploadRow:
    """Tell matching of a school a row names that nobody registered; the row is ready once matching registered it.

    The same code of the same upload is proposed once. Raises NotFound, Conflict for a row that does not wait for that
    code, and Invalid.
    """
    upload = visible_upload(actor, upload_id)
    with unit_of_work("intake", role=role_in(actor, upload.owner_key)) as say:
        upload = Upload.objects.select_for_update().get(id=upload.id)
        rows = list(upload.rows.all())
        found = next((one for one in rows if one.row == row), None)
        if found is None:
            raise NotFound(f"Rij {row} staat niet in dit bestand.")
        register = register_for(upload.municipalities)
        judged = next(one for one in judge(upload, rows, register) if one.row == row)
        wanted = code.strip().upper()
        if wanted not in unknown_codes(judged.cells.get("schools", ""), register) or not judged.values.municipality:
            raise Conflict(f"Rij {row} wacht niet op een school met code {code[:20]}.")
        problems = text_problems("schoolName", "De naam van de school", name, most=_NAME_LENGTH, required=True)
        if problems:
            raise Invalid(problems)
        if any(known["code"] == wanted for one in rows for known in one.proposals):
            return found
        proposed_id = organisation_id or new_id()
        found.proposals = [*found.proposals, {"id": str(proposed_id), "code": wanted, "name": cleaned(name)}]
        found.save(update_fields=["proposals"])
        say(
            publications.organisation_proposed(
                organisation_id=proposed_id,
                kind="school",
                name=cleaned(name),
                municipality=judged.values.municipality,
                brin=wanted,
            )
        )
        say.changed("upload", upload.id, upload.audience)
        return found


def _repair(row: UploadRow, columns: Columns, separator: str, repair: Mapping[str, Any]) -> None:
    if row.activity_id:
        raise Conflict(f"Rij {row.row} is al overgenomen. Wijzig de activiteit zelf.")
    values, choice, joined = repair.get("values") or {}, repair.get("choice"), repair.get("joined")
    fields = {*LABELS, *(name for name in columns.fields if name), CHANGE_REASON} - {"row", "file"}
    for name, text in values.items():
        if name not in fields and not name.startswith(YEAR_FIELD):
            raise problem(name, "unknown-field", f"Het veld {name} kennen we niet.")
        if not isinstance(text, str) or len(text) > _CELL_LENGTH:
            raise problem(name, "text-too-long", f"Vul tekst in van hooguit {_CELL_LENGTH} tekens.")
    if choice is not None and choice not in CHOICES:
        raise problem("choice", "choice-unknown", "Deze keuze kennen we niet.")
    if joined is not None and not (isinstance(joined, int) and 0 <= joined < len(columns.fields)):
        raise problem("joined", "place-unknown", "Kies welke vakken bij elkaar horen.")
    values = {name: text.replace("\0", NUL_SHOWN) for name, text in values.items()}
    corrections = {**row.corrections, **values}
    if choice == SWAP_DATES:
        cells = cells_of(row.state(), columns, separator) or {}
        swapped = {"startsOn": cells.get("endsOn", ""), "endsOn": cells.get("startsOn", "")}
        corrections |= swapped
    elif choice is not None:
        row.choice = choice
    row.corrections = corrections
    row.joined = row.joined if joined is None else joined
    row.refusals = []
