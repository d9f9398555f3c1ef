"""Receiving a sheet and taking over its good rows. One bad row never blocks the rest."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from uuid import UUID

from coordination.contracts import clock
from coordination.contracts.identifiers import new_id
from coordination.contracts.refusals import Conflict, Forbidden, Invalid, NotFound, Refusal
from coordination.events.unit_of_work import attempt, unit_of_work
from coordination.identity.actor import Actor
from intake.commands.upload_activities import settle_row
from intake.domain.sheet_csv import TextRow
from intake.domain.sheet_findings import Finding
from intake.domain.sheet_judgement import REPLACED, JudgedRow
from intake.domain.sheets import BYTES_LIMIT, read_sheet
from intake.models import Upload, UploadRow
from intake.models.sheet_registers import judge, register_for
from intake.models.uploads import HOUSE

PORTION = 1000


def receive_upload(
    *, actor: Actor, filename: str, content: bytes, bytes_limit: int = BYTES_LIMIT, upload_id: UUID | None = None
) -> Upload:
    """Keep a sheet with its rows and what is to be said of them; nothing is registered yet.

    An officer sends rows of her municipality; the administrator of the house of any. A row that waited in an earlier
    upload and is in this one is replaced by it. upload_id is made before writing: the same id a second time is the
    same upload. Raises Forbidden for others and Invalid, on the field file, for what is no readable sheet.
    """
    owner_key = owner_key_of(actor)
    if upload_id and Upload.objects.filter(id=upload_id).exists():
        return visible_upload(actor, upload_id)
    sheet = read_sheet(content, filename, bytes_limit=bytes_limit)
    with unit_of_work("intake", role=role_in(actor, owner_key)) as say:
        if upload_id and Upload.objects.filter(id=upload_id).exists():
            return visible_upload(actor, upload_id)
        upload = Upload.objects.create(
            id=upload_id or new_id(),
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
        keep_judged(rows, judge(upload, rows, register_for(upload.municipalities)))
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
    role = role_in(actor, upload.owner_key)
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


def visible_upload(actor: Actor, upload_id: UUID | str) -> Upload:
    """The upload, when it is of the actor's municipality. Raises NotFound, also for one of another."""
    try:
        upload = Upload.objects.filter(id=UUID(str(upload_id))).first()
    except ValueError:
        raise NotFound from None
    if upload is None or not upload.is_for(actor):
        raise NotFound
    return upload


# Who


def owner_key_of(actor: Actor) -> str:
    """For whom this actor sends sheets. Raises Forbidden for whoever sends none."""
    if actor.is_administrator:
        return HOUSE
    codes = sorted(actor.keys("municipality", "policy_officer"))
    if not codes:
        raise Forbidden("Alleen een beleidsmedewerker van een gemeente kan een bestand uploaden.")
    return ",".join(codes)


def role_in(actor: Actor, owner_key: str) -> str:
    """The role in which the actor works on an upload."""
    return "administrator" if owner_key == HOUSE or actor.is_administrator else "policy_officer"


def _shown_name(filename: str) -> str:
    name = "".join(one for one in filename.replace("\\", "/").rsplit("/", 1)[-1] if one.isprintable())
    return name[:200] or "bestand"


# Rows

JUDGED_FIELDS = [
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


def keep_judged(rows: Sequence[UploadRow], judged: Sequence[JudgedRow]) -> None:
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
    keep_judged([row], [one])
    try:
        with attempt("intake"):
            activity = settle_row(actor, upload, one)
    except Refusal as refusal:
        row.refusals = [finding.as_data() for finding in refused(refusal)]
        row.outcome, row.findings = "quarantined", [*row.refusals, *row.findings]
    else:
        row.activity_id, row.registered_at = activity.id, clock.recorded_now()
        row.fingerprints = sorted(one.fingerprints)
    row.save()


def refused(refusal: Refusal) -> list[Finding]:
    """What a command refused, as findings of the row."""
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
        judge_again(upload)
        upload.confirmed_at = clock.recorded_now()
        upload.save(update_fields=["confirmed_at"])
        say.changed("upload", upload.id, upload.audience)


def judge_again(upload: Upload, rows: Sequence[UploadRow] | None = None) -> list[JudgedRow]:
    """Judge all rows as things stand now and keep what came of it; inside a unit of work.

    rows are those of the upload when they are at hand, with what was changed in them and is not kept yet.
    """
    kept = list(upload.rows.all())
    before = {row.id: [getattr(row, name) for name in JUDGED_FIELDS] for row in kept}
    rows = kept if rows is None else list(rows)
    judged = judge(upload, rows, register_for(upload.municipalities))
    keep_judged(rows, judged)
    changed = [row for row in rows if before[row.id] != [getattr(row, name) for name in JUDGED_FIELDS]]
    UploadRow.objects.bulk_update(changed, JUDGED_FIELDS, batch_size=500)
    return judged
