"""The ledger of an activity, each line also as a Dutch sentence; and the bill behind one figure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from coordination.contracts.clock import NETHERLANDS
from coordination.identity.actor import Actor
from intake.domain import who_may
from intake.domain.figures import KIND_OF_FIGURE
from intake.domain.sentences import ActTold, LineTold, Told, line_in_words, who_did_it
from intake.models import Act, Activity, LedgerLine, Municipality, Upload
from intake.queries import catalogues
from intake.queries.activities import activity

ANY_YEAR = "any"


@dataclass(frozen=True, kw_only=True)
class LineShown:
    """A ledger line with its act and its sentence; upload and row say from which sheet it came."""

    line: LedgerLine
    act: Act
    sentence: str

    @property
    def upload(self) -> str | None:
        """The id of the upload it came from."""
        return (self.act.origin or {}).get("upload")

    @property
    def row(self) -> int | None:
        """The row in that sheet, as a person sees it."""
        return (self.act.origin or {}).get("row")


@dataclass(frozen=True, kw_only=True)
class Bill:
    """Why a figure is what it is: the lines behind it and their sum, None when there is no line."""

    activity: Activity
    figure: str
    school_year: str | None
    lines: Sequence[LineShown]

    @property
    def sum_cents(self) -> int | None:
        """The figure itself, in cents."""
        if not self.lines:
            return None
        total = sum(one.line.amount_cents for one in self.lines)
        return None if total == 0 and self.lines[-1].line.forgets else total


def lines(*, actor: Actor, activity_id: UUID | str) -> list[LineShown]:
    """All lines of an activity, oldest first. Raises NotFound when it is not this actor's to see."""
    found = activity(actor=actor, activity_id=activity_id)
    return told_lines(actor, found, found.lines.select_related("act", "act__activity", "act__other_activity"))


def bill(*, actor: Actor, activity_id: UUID | str, figure: str, school_year: str | None = ANY_YEAR) -> Bill:
    """The lines behind one figure (planned, committed, realised) in one school year, None for undivided, or in all.

    Raises NotFound when it is not this actor's to see.
    """
    found = activity(actor=actor, activity_id=activity_id)
    kinds = [kind for kind, name in KIND_OF_FIGURE.items() if name == figure]
    rows = found.lines.filter(kind__in=kinds).select_related("act", "act__activity", "act__other_activity")
    if school_year != ANY_YEAR:
        rows = rows.filter(school_year=school_year)
    return Bill(activity=found, figure=figure, school_year=school_year, lines=told_lines(actor, found, rows))


def told_lines(actor: Actor, found: Activity, rows: Iterable[LedgerLine]) -> list[LineShown]:
    """Lines of one activity with their sentences; three more queries however many there are."""
    kept = list(rows)
    sources = catalogues.labels("funding_source", "reason")
    zone = zone_of(found.municipality)
    by_name = who_may.sees_names(actor, found.municipality)
    siblings: dict[UUID, list[LedgerLine]] = defaultdict(list)
    for line in LedgerLine.objects.filter(act__in={line.act_id for line in kept}).order_by("number"):
        siblings[line.act_id].append(line)
    shown = []
    for line in kept:
        told = Told(
            line=told_line(line, found, sources["funding_source"]),
            act=told_act(line.act, found, zone, sources["reason"], by_name=by_name),
            others=[
                told_line(other, found, sources["funding_source"])
                for other in siblings[line.act_id]
                if other.id != line.id and _goes_with(line, other)
            ],
        )
        shown.append(LineShown(line=line, act=line.act, sentence=line_in_words(told)))
    return shown


def uploads_to_open(*, actor: Actor, ids: Iterable[str | None]) -> frozenset[str]:
    """Which of these uploads, by id as text, this actor may open: those of the own municipality, not of the house."""
    wanted = {one for one in ids if one}
    found = Upload.objects.filter(id__in=wanted).defer("content") if wanted else ()
    return frozenset(str(upload.id) for upload in found if upload.is_for(actor))


def _goes_with(line: LedgerLine, other: LedgerLine) -> bool:
    return line.activity_id != other.activity_id or KIND_OF_FIGURE[line.kind] == KIND_OF_FIGURE[other.kind]


def told_line(line: LedgerLine, found: Activity, sources: dict[str, str]) -> LineTold:
    """A line as sentences need it."""
    return LineTold(
        kind=line.kind,
        school_year=line.school_year,
        amount_cents=line.amount_cents,
        source=sources.get(line.funding_source, line.funding_source),
        dated_on=line.dated_on,
        reference_date=line.reference_date,
        forgets=line.forgets,
        mine=line.activity_id == found.id,
    )


def told_act(act: Act, found: Activity, zone: str, reasons: dict[str, str], *, by_name: bool) -> ActTold:
    """An act as sentences of this activity need it."""
    other = act.other_activity if act.activity_id == found.id else act.activity
    origin = act.origin or {}
    return ActTold(
        kind=act.kind,
        acted_on=act.acted_on,
        recorded_at=act.recorded_at,
        zone=zone,
        who=who_did_it(act.actor_name, act.role, by_name=by_name),
        reason=reasons.get(act.reason, act.reason),
        sheet_row=origin.get("row"),
        from_sheet=bool(origin.get("upload")),
        here=str(found),
        elsewhere=str(other) if other else "",
    )


def zone_of(municipality: str) -> str:
    """The time zone of a municipality."""
    return Municipality.objects.filter(code=municipality).values_list("zone", flat=True).first() or NETHERLANDS
