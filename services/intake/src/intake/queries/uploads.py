"""Sheets that were sent: what each row says as things stand now, and what became of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import Count, Q

from coordination.contracts.refusals import NotFound
from coordination.identity.actor import Actor
from intake.domain.sheet_columns import Columns
from intake.domain.sheet_findings import Finding
from intake.domain.sheet_judgement import JudgedRow
from intake.domain.sheet_register import Register
from intake.domain.sheet_rows import unknown_codes
from intake.domain.sheet_texts import key_of
from intake.domain.sheets import findings_on_file
from intake.models import Activity, Upload, UploadRow
from intake.models.sheet_registers import columns_for, judge, register_for
from intake.queries.allocations import summary_of
from intake.queries.basis import DEFAULT_PROGRAMME


@dataclass(frozen=True, kw_only=True)
class OverAllocated:
    """A municipality of which more is planned, with the good rows of a sheet, than it received."""

    municipality: str
    name: str
    cents: int


@dataclass(frozen=True, kw_only=True)
class RowShown:
    """A row as it is kept and as it is judged now; activity is what it became, or the one it is about."""

    kept: UploadRow
    judged: JudgedRow
    activity: Activity | None = None
    unknown_schools: Sequence[str] = ()
    title_place: int | None = None

    @property
    def row(self) -> int:
        """Its number in a spreadsheet."""
        return self.judged.row

    @property
    def is_asked(self) -> bool:
        """Whether a good row has something to look at."""
        return self.judged.outcome == "accepted" and bool(self.judged.questions)

    @property
    def title(self) -> str:
        """The title as far as it can be told, also of a row that waits."""
        if self.judged.cells:
            return self.judged.values.title or self.judged.cells.get("title", "").strip()
        return self._cell(self.title_place)

    @property
    def number(self) -> str:
        """The activity number as far as it can be told."""
        return self.judged.values.number or self.judged.cells.get("number", "").strip() or self._cell(0)

    def _cell(self, place: int | None) -> str:
        """A cell by its place, of a row of which nothing could be read."""
        cells = self.kept.cells
        return cells[place].strip()[:120] if not self.judged.cells and place is not None and place < len(cells) else ""


@dataclass(frozen=True, kw_only=True)
class UploadShown:
    """An upload with all its rows, judged now."""

    upload: Upload
    rows: tuple[RowShown, ...]
    columns: Columns
    findings: tuple[Finding, ...]
    new_partners: tuple[str, ...]
    over: tuple[OverAllocated, ...]

    def of(self, outcome: str) -> list[RowShown]:
        """The rows with one outcome."""
        return [one for one in self.rows if one.judged.outcome == outcome]

    @cached_property
    def accepted(self) -> list[RowShown]:
        """The good rows, those taken over among them."""
        return self.of("accepted")

    @cached_property
    def quarantined(self) -> list[RowShown]:
        """The rows that wait."""
        return self.of("quarantined")

    @cached_property
    def skipped(self) -> list[RowShown]:
        """The rows of which nothing is needed."""
        return self.of("skipped")

    @cached_property
    def ready(self) -> list[RowShown]:
        """The good rows that are not taken over yet."""
        return [one for one in self.accepted if not one.judged.registered]

    @cached_property
    def taken_over(self) -> list[RowShown]:
        """The rows that were taken over from this sheet."""
        return [one for one in self.accepted if one.judged.registered]

    @property
    def accepted_cents(self) -> int:
        """The totals of the good rows together."""
        return sum(one.judged.values.total_cents or 0 for one in self.accepted)

    def __hash__(self) -> int:
        return id(self)


@dataclass(frozen=True, kw_only=True)
class UploadListed:
    """An earlier upload in a list, by how its rows were last judged."""

    upload: Upload
    accepted: int
    taken_over: int
    quarantined: int
    skipped: int

    @property
    def ready(self) -> int:
        """Good rows that were not taken over."""
        return self.accepted - self.taken_over

    @property
    def rows(self) -> int:
        """All rows after the heading."""
        return self.accepted + self.quarantined + self.skipped


def uploads(*, actor: Actor) -> list[UploadListed]:
    """The uploads this actor works on, newest first."""
    rows = Upload.objects.annotate(
        accepted=Count("rows", filter=Q(rows__outcome="accepted")),
        taken_over=Count("rows", filter=Q(rows__activity_id__isnull=False)),
        quarantined=Count("rows", filter=Q(rows__outcome="quarantined")),
        skipped=Count("rows", filter=Q(rows__outcome="skipped")),
    ).order_by("-received_at", "-id")
    return [
        UploadListed(
            upload=one,
            accepted=one.accepted,
            taken_over=one.taken_over,
            quarantined=one.quarantined,
            skipped=one.skipped,
        )
        for one in rows
        if one.is_for(actor)
    ]


def upload(*, actor: Actor, upload_id: UUID | str) -> UploadShown:
    """One of them with its rows, each judged again against what is known now. Raises NotFound, also for others."""
    try:
        found = Upload.objects.filter(id=UUID(str(upload_id))).first()
    except ValueError:
        raise NotFound from None
    if found is None or not found.is_for(actor):
        raise NotFound
    register = register_for(found.municipalities)
    kept = list(found.rows.all())
    judged = judge(found, kept, register)
    columns = columns_for(found, register)
    return UploadShown(
        upload=found,
        rows=tuple(_shown(kept, judged, register, columns)),
        columns=columns,
        findings=findings_on_file(found.notes, columns),
        new_partners=_new_partners(judged, register),
        over=_over(judged, register),
    )


def _shown(
    kept: Sequence[UploadRow], judged: Sequence[JudgedRow], register: Register, columns: Columns
) -> Iterable[RowShown]:
    about = {
        row.activity_id or (one.existing.id if one.existing else None) for row, one in zip(kept, judged, strict=True)
    }
    activities = {one.id: one for one in Activity.objects.filter(id__in=list(about - {None})[:5000])}
    for row, one in zip(kept, judged, strict=True):
        identifier = row.activity_id or (one.existing.id if one.existing else None)
        waits_for_school = any(finding.code == "brin-unknown" for finding in one.findings)
        yield RowShown(
            kept=row,
            judged=one,
            activity=activities.get(identifier),
            title_place=columns.index_of("title"),
            unknown_schools=unknown_codes(one.cells.get("schools", ""), register) if waits_for_school else (),
        )


def _new_partners(judged: Sequence[JudgedRow], register: Register) -> tuple[str, ...]:
    """The names in good rows that are not taken over and that no partner has, each as first written."""
    found: dict[str, str] = {}
    for one in judged:
        if one.outcome == "accepted" and not one.registered:
            for name in one.values.partners:
                if key_of(name) not in register.partners:
                    found.setdefault(key_of(name), name)
    return tuple(sorted(found.values(), key=str.casefold))


def _over(judged: Sequence[JudgedRow], register: Register) -> tuple[OverAllocated, ...]:
    """Where the plan, with the good rows that are not taken over, comes above what was received."""
    named = {one.values.municipality for one in judged if one.outcome == "accepted" and one.values.municipality}
    coming: Counter[str] = Counter()
    for one in judged:
        if one.outcome == "accepted" and not one.registered and one.values.municipality:
            before = one.existing.total_cents if one.existing else 0
            coming[one.values.municipality] += (one.values.total_cents or 0) - before
    found = []
    for code in sorted(named):
        left = summary_of(code, DEFAULT_PROGRAMME).unassigned
        if left is not None and left < coming[code]:
            name = register.municipalities[code].name
            found.append(OverAllocated(municipality=code, name=name, cents=coming[code] - left))
    return tuple(found)
