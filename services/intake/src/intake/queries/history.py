"""What happened to an activity, newest first: every act as a sentence, with what it brought."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from coordination.contracts.money import amount_in_sentence
from coordination.identity.actor import Actor
from intake.domain import who_may
from intake.domain.counts import count_in_words
from intake.domain.dates import in_words
from intake.domain.sentences import ActTold, Told, act_in_words, beside_its_date, line_in_words
from intake.models import Act, Activity, Report
from intake.queries import catalogues
from intake.queries.activities import activity
from intake.queries.ledger import told_act, told_line, zone_of

WORDS = ("status", "reason", "funding_source", "continuation")


@dataclass(frozen=True, kw_only=True)
class Happened:
    """An act in the history of an activity: its sentence, and further sentences about what came with it.

    told is the same sentence as it reads beside its date.
    """

    act: Act
    sentence: str
    told: str
    details: Sequence[str] = field(default_factory=tuple)

    @property
    def upload(self) -> str | None:
        """The id of the upload it came from."""
        return (self.act.origin or {}).get("upload")


def history(*, actor: Actor, activity_id: UUID | str) -> list[Happened]:
    """All acts on an activity, newest first; notes and small counts only for its own people.

    Raises NotFound when it is not this actor's to see.
    """
    found = activity(actor=actor, activity_id=activity_id)
    words = catalogues.labels(*WORDS)
    zone = zone_of(found.municipality)
    by_name = who_may.sees_names(actor, found.municipality)
    own = Act.objects.filter(activity=found) | Act.objects.filter(other_activity=found)
    acts = own.select_related("activity", "other_activity", "report").prefetch_related("lines")
    return [_told(act, found, zone, words, by_name=by_name) for act in acts.order_by("-recorded_at", "-id")]


def _told(act: Act, found: Activity, zone: str, words: dict[str, dict[str, str]], *, by_name: bool) -> Happened:
    told = told_act(act, found, zone, words["reason"], by_name=by_name)
    report = getattr(act, "report", None)
    mine = [line for line in act.lines.all() if line.activity_id == found.id]
    over_years = act.kind == "divide" and len({line.school_year for line in mine}) > 2
    if act.kind in ("entry", "divide", "spent_until") and mine and not over_years:
        lines = [told_line(line, found, words["funding_source"]) for line in act.lines.all()]
        sentence = line_in_words(Told(line=lines[0], act=told, others=lines[1:]))
        return _happened(act, told, sentence, [f"Toelichting: {act.note}"] if act.note and by_name else [])
    amount = None
    if act.kind == "transfer":
        amount = sum(abs(line.amount_cents) for line in mine)
    elif over_years:
        amount = sum(line.amount_cents for line in mine if line.school_year)
    sentence = act_in_words(
        _turned(told, mine) if act.kind == "transfer" else told,
        amount_cents=amount,
        fields=list(act.details) if act.kind == "change" else (),
        status=words["status"].get(report.status, "") if report else "",
    )
    return _happened(act, told, sentence, _details(act, found, mine, report, words, own=by_name))


def _happened(act: Act, told: ActTold, sentence: str, details: Sequence[str]) -> Happened:
    return Happened(act=act, sentence=sentence, told=beside_its_date(sentence, told), details=tuple(details))


def _turned(told: ActTold, mine: list) -> ActTold:
    receives = bool(mine) and mine[0].amount_cents > 0
    return replace(told, here=told.elsewhere, elsewhere=told.here) if receives else told


def _details(
    act: Act, found: Activity, mine: list, report: Report | None, words: dict, *, own: bool
) -> tuple[str, ...]:
    said: list[str] = []
    if act.kind == "register":
        said += _registered(act, found, mine, words)
    if act.kind in ("phase", "rephase"):
        said += [
            f"{line.school_year or 'Nog niet verdeeld'}: {_signed(line.amount_cents)}."
            for line in mine
            if line.amount_cents or line.school_year
        ]
    if act.kind == "divide":
        said += [f"{line.school_year}: {_signed(line.amount_cents)}." for line in mine if line.school_year]
    if report is not None:
        said += _reported(report, own=own)
    if act.note and own:
        said.append(f"Toelichting: {act.note}")
    return tuple(said)


def _registered(act: Act, found: Activity, mine: list, words: dict) -> list[str]:
    plan = [line for line in mine if line.kind == "plan"]
    total = sum(line.amount_cents for line in plan)
    years = [line for line in plan if line.school_year]
    how = f", verdeeld over {len(years)} schooljaren" if years else ", nog niet verdeeld over schooljaren"
    said = [f"Begroot: {amount_in_sentence(total)}{how}."]
    said += [
        f"Besteed tot en met {in_words(line.reference_date)}: {amount_in_sentence(line.amount_cents)}."
        for line in mine
        if line.kind == "spent_until" and line.reference_date
    ]
    status = act.details.get("status", ["", ""])[1]
    if status:
        said.append(f"Status: {words['status'].get(status, status).lower()}.")
    for one in act.details.get("indicators", [[], []])[1]:
        when = f" op {in_words(date.fromisoformat(one['measured_on']))}" if one.get("measured_on") else ""
        said.append(f"Stand{when}: {_indicator(one)}.")
    if found.continuation:
        label = words["continuation"].get(found.continuation, found.continuation)
        said.append(f"Voortzetting na het programma: {label.lower()}.")
    return said


def _reported(report: Report, *, own: bool) -> list[str]:
    said = [f"Stand van {in_words(report.reported_on)}."]
    for label, count in (
        ("Deelnemers", report.participants),
        ("Wachtlijst", report.waiting),
        ("Plekken", report.places),
    ):
        if count is not None:
            said.append(f"{label}: {count_in_words(count, own=own)}.")
    if report.indicator:
        said.append(f"{_indicator(report.indicator)}.")
    return said


def _indicator(one: dict) -> str:
    goal = f"; het doel is {_decimal(one['target'])}" if one.get("target") else ""
    return f"{one['name']}: {_decimal(one.get('value'))}{goal}"


def _decimal(value: str | None) -> str:
    return value.replace(".", ",") if value else "onbekend"


def _signed(cents: int) -> str:
    return f"+ {amount_in_sentence(cents)}" if cents > 0 else amount_in_sentence(cents)
