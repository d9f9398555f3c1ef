"""Receiving a sheet, repairing its rows, and taking over the good ones. One bad row never blocks the rest."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from coordination.contracts import clock
from coordination.contracts.identifiers import new_id
from coordination.contracts.intake import Indicator
from coordination.contracts.refusals import Conflict, Forbidden, Invalid, NotFound, Refusal, problem
from coordination.events.unit_of_work import attempt, unit_of_work
from coordination.identity.actor import Actor
from intake.commands.activities import register_activity
from intake.domain import who_may
from intake.domain.sheet_columns import Columns
from intake.domain.sheet_csv import TextRow
from intake.domain.sheet_duplicates import SECOND_ACTIVITY, UPDATE
from intake.domain.sheet_findings import LABELS, YEAR_FIELD, Finding
from intake.domain.sheet_judgement import LEAVE_OUT, REPLACED, SAME_ACTIVITY, JudgedRow, cells_of
from intake.domain.sheets import BYTES_LIMIT, read_sheet
from intake.models import Activity, Upload, UploadRow
from intake.models.sheet_registers import columns_for, judge, register_for
from intake.models.uploads import HOUSE

PORTION = 1000
SWAP_DATES = "swap-dates"
CHOICES = (LEAVE_OUT, SAME_ACTIVITY, SECOND_ACTIVITY, UPDATE, SWAP_DATES, "")
_CELL_LENGTH = 10_000


def receive_upload(*, actor: Actor, filename: str, content: bytes, bytes_limit: int = BYTES_LIMIT) -> Upload:
    """Keep a sheet with its rows and what is to be said of them; nothing is registered yet.

    An officer sends rows of her municipality; the administrator of the house of any. A row that waited in an earlier
    upload and is in this one is replaced by it. Raises Forbidden for others and Invalid, on the field file, for what
    is no readable sheet.
    """
    owner_key = _owner_key(actor)
    sheet = read_sheet(content, filename, bytes_limit=bytes_limit)
    with unit_of_work("intake", role=_role(actor, owner_key)) as say:
        upload = Upload.objects.create(
            id=new_id(),
            owner_key=owner_key,
            account_id=actor.account_id,
            account_name=actor.name,
            filename=_shown_name(filename),
            content=content,
            kind=sheet.kind,
            separator=sheet.separator,
            headings=list(sheet.headings),
            notes=list(sheet.notes),
            received_at=clock.recorded_now(),
        )
        rows = [_new_row(upload, row) for row in sheet.rows]
        _keep(rows, judge(upload, rows, register_for(upload.municipalities)))
        UploadRow.objects.bulk_create(rows, batch_size=500)
        _replace_earlier(upload, rows)
        say.changed("upload", upload.id, upload.audience)
    return upload


def confirm_upload(*, actor: Actor, upload_id: UUID | str) -> Upload:
    """Take over the good rows that are not taken over yet; each becomes an activity by the same command as a page's.

    One unit of work up to a thousand rows, portions of a thousand above that. A row the command refuses waits with
    that reason. A second time it does what is left. Raises NotFound for an upload of others.
    """
    upload = visible_upload(actor, upload_id)
    role = _role(actor, upload.owner_key)
    with unit_of_work("intake", role=role):
        upload = Upload.objects.select_for_update().get(id=upload.id)
        rows = list(upload.rows.all())
        judged = judge(upload, rows, register_for(upload.municipalities))
        good = [(row, one) for row, one in zip(rows, judged, strict=True) if _is_new(one)]
        portions = [good[start : start + PORTION] for start in range(0, len(good), PORTION)]
        if len(portions) <= 1:
            _take_over(actor, role, upload, good)
            _finish(role, upload)
            return upload
    for portion in portions:
        _take_over(actor, role, upload, portion)
    _finish(role, upload)
    return upload


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


def leave_out_row(*, actor: Actor, upload_id: UUID | str, row: int) -> JudgedRow:
    """Leave a waiting row out; it is then skipped. Raises what repair_row raises."""
    return repair_row(actor=actor, upload_id=upload_id, row=row, choice=LEAVE_OUT)


def repair_rows(*, actor: Actor, upload_id: UUID | str, repairs: Mapping[int, Mapping[str, Any]]) -> Upload:
    """Change several rows in one unit of work; a repair has values, choice and joined as in repair_row.

    Raises NotFound for an upload of others or a row that is not there, Conflict and Invalid.
    """
    upload = visible_upload(actor, upload_id)
    with unit_of_work("intake", role=_role(actor, upload.owner_key)) as say:
        upload = Upload.objects.select_for_update().get(id=upload.id)
        register = register_for(upload.municipalities)
        columns = columns_for(upload, register)
        rows = list(upload.rows.all())
        by_number = {row.row: row for row in rows}
        for number, repair in repairs.items():
            if number not in by_number:
                raise NotFound(f"Rij {number} staat niet in dit bestand.")
            _repair(by_number[number], columns, upload.separator, repair)
        _keep(rows, judge(upload, rows, register))
        UploadRow.objects.bulk_update(rows, _JUDGED_FIELDS, batch_size=500)
        say.changed("upload", upload.id, upload.audience)
    return upload


def visible_upload(actor: Actor, upload_id: UUID | str) -> Upload:
    """The upload, when it is of the actor's municipality. Raises NotFound, also for one of another."""
    try:
        upload = Upload.objects.filter(id=UUID(str(upload_id))).first()
    except ValueError:
        raise NotFound from None
    if upload is None:
        raise NotFound
    if upload.municipalities is None:
        allowed = actor.is_administrator
    else:
        allowed = all(who_may.describes(actor, code) for code in upload.municipalities)
    if not allowed:
        raise NotFound
    return upload


# Who


def _owner_key(actor: Actor) -> str:
    if actor.is_administrator:
        return HOUSE
    codes = sorted(actor.keys("municipality", "policy_officer"))
    if not codes:
        raise Forbidden("Alleen een beleidsmedewerker van een gemeente kan een bestand uploaden.")
    return ",".join(codes)


def _role(actor: Actor, owner_key: str) -> str:
    return "administrator" if owner_key == HOUSE or actor.is_administrator else "policy_officer"


def _shown_name(filename: str) -> str:
    name = "".join(one for one in filename.replace("\\", "/").rsplit("/", 1)[-1] if one.isprintable())
    return name[:200] or "bestand"


# Rows

_JUDGED_FIELDS = [
    "corrections",
    "joined",
    "choice",
    "refusals",
    "outcome",
    "reason",
    "findings",
    "municipality",
    "number_key",
    "total_cents",
]


def _new_row(upload: Upload, row: TextRow) -> UploadRow:
    cells = list(row.cells)
    digest = hashlib.sha256(json.dumps(cells, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
    return UploadRow(upload=upload, row=row.number, cells=cells, cells_key=digest, other_encoding=row.other_encoding)


def _keep(rows: Sequence[UploadRow], judged: Sequence[JudgedRow]) -> None:
    """Put on the rows how they were judged, for lists and for rows sent again."""
    for row, one in zip(rows, judged, strict=True):
        row.outcome = one.outcome
        row.reason = one.reason
        row.findings = [finding.as_data() for finding in one.findings]
        row.municipality = one.values.municipality or ""
        row.number_key = (one.values.number or "").casefold()[:60]
        row.total_cents = one.values.total_cents


def _replace_earlier(upload: Upload, rows: Sequence[UploadRow]) -> None:
    """Rows that waited in an earlier upload and are in this one no longer wait there."""
    waiting = UploadRow.objects.filter(outcome="quarantined", upload__owner_key=upload.owner_key)
    waiting = waiting.exclude(upload_id=upload.id)
    sent = [row for row in rows if row.reason not in ("empty-row", "total-row")]
    keys = {row.cells_key for row in sent}
    numbers = {(row.municipality, row.number_key) for row in sent if row.municipality and row.number_key}
    replaced = [
        one
        for one in waiting.only("id", "cells_key", "municipality", "number_key")
        if one.cells_key in keys or (one.municipality, one.number_key) in numbers
    ]
    for start in range(0, len(replaced), 500):
        UploadRow.objects.filter(id__in=[one.id for one in replaced[start : start + 500]]).update(
            choice=REPLACED, outcome="skipped", reason=REPLACED, findings=[]
        )


def _repair(row: UploadRow, columns: Columns, separator: str, repair: Mapping[str, Any]) -> None:
    if row.activity_id:
        raise Conflict(f"Rij {row.row} is al overgenomen. Wijzig de activiteit zelf.")
    values, choice, joined = repair.get("values") or {}, repair.get("choice"), repair.get("joined")
    fields = {*LABELS, *(name for name in columns.fields if name)} - {"row", "file"}
    for name, text in values.items():
        if name not in fields and not name.startswith(YEAR_FIELD):
            raise problem(name, "unknown-field", f"Het veld {name} kennen we niet.")
        if not isinstance(text, str) or len(text) > _CELL_LENGTH:
            raise problem(name, "text-too-long", f"Vul tekst in van hooguit {_CELL_LENGTH} tekens.")
    if choice is not None and choice not in CHOICES:
        raise problem("choice", "choice-unknown", "Deze keuze kennen we niet.")
    if joined is not None and not (isinstance(joined, int) and 0 <= joined < len(columns.fields)):
        raise problem("joined", "place-unknown", "Kies welke vakken bij elkaar horen.")
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


# Taking over


def _is_new(one: JudgedRow) -> bool:
    return one.outcome == "accepted" and not one.registered


def _take_over(actor: Actor, role: str, upload: Upload, good: Iterable[tuple[UploadRow, JudgedRow]]) -> None:
    with unit_of_work("intake", role=role):
        wanted = {row.id: one for row, one in good}
        numbers = list(wanted)
        for start in range(0, len(numbers), 500):
            part = UploadRow.objects.select_for_update().filter(id__in=numbers[start : start + 500])
            for row in part.filter(activity_id__isnull=True):
                _take_over_row(actor, upload, row, wanted[row.id])


def _take_over_row(actor: Actor, upload: Upload, row: UploadRow, one: JudgedRow) -> None:
    _keep([row], [one])
    try:
        with attempt("intake"):
            activity = _registered(actor, upload, one)
    except Refusal as refusal:
        row.refusals = [finding.as_data() for finding in _refused(refusal)]
        row.outcome, row.findings = "quarantined", [*row.refusals, *row.findings]
    else:
        row.activity_id, row.registered_at = activity.id, clock.recorded_now()
        row.fingerprints = sorted(one.fingerprints)
    row.save()


def _registered(actor: Actor, upload: Upload, one: JudgedRow) -> Activity:
    values = one.values
    indicator = None
    if values.indicator_name:
        indicator = Indicator(
            name=values.indicator_name,
            target=values.indicator_target,
            value=values.indicator_value,
            measured_on=values.reference_date if values.indicator_value is not None else None,
        )
    return register_activity(
        actor=actor,
        municipality=values.municipality or "",
        number=values.number,
        title=values.title or "",
        measure_type=values.measure_type or "",
        starts_on=values.starts_on,
        ends_on=values.ends_on,
        total_cents=values.total_cents,
        status=values.status,
        goal=values.goal,
        interventions=values.interventions,
        sectors=values.sectors,
        target_groups=values.target_groups,
        school_types=values.school_types,
        schools=values.schools,
        partners=values.partners,
        continuation=values.continuation,
        phasing=dict(values.phasing),
        phasing_state=values.phasing_state,
        spent_until_cents=values.spent_until_cents,
        reference_date=values.reference_date,
        indicator=indicator,
        note=values.note,
        origin={"upload": str(upload.id), "row": one.row, "filename": upload.filename},
    )


def _refused(refusal: Refusal) -> list[Finding]:
    if isinstance(refusal, Invalid):
        said = [(one.field, one.code, one.message) for one in refusal.problems]
    else:
        said = [("number" if isinstance(refusal, Conflict) else "row", "refused", refusal.message)]
    return [
        Finding(field=name, code=code, level="error", message=message, fields=(name,)) for name, code, message in said
    ]


def _finish(role: str, upload: Upload) -> None:
    """Judge all rows once more, for what was taken over may change what is said of the rest."""
    with unit_of_work("intake", role=role) as say:
        rows = list(upload.rows.all())
        _keep(rows, judge(upload, rows, register_for(upload.municipalities)))
        UploadRow.objects.bulk_update(rows, _JUDGED_FIELDS, batch_size=500)
        upload.confirmed_at = clock.recorded_now()
        upload.save(update_fields=["confirmed_at"])
        say.changed("upload", upload.id, upload.audience)
