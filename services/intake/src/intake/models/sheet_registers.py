"""Builds what sheet rows are judged against from the tables as they stand, and judges the rows of an upload."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Sum

from coordination.contracts import clock
from intake.domain.sheet_columns import Columns, columns_of
from intake.domain.sheet_judgement import JudgedRow, judge_rows
from intake.domain.sheet_register import (
    KnownActivity,
    KnownMunicipality,
    KnownSchool,
    Register,
    Word,
    by_code,
    words_by_text,
)
from intake.domain.sheet_texts import key_of
from intake.domain.sheet_values import comparable
from intake.models.activities import Activity
from intake.models.basis import CatalogueEntry, Municipality, Programme
from intake.models.ledger import LedgerLine
from intake.models.organisations import Partner, School
from intake.models.uploads import Upload, UploadRow

PROGRAMME = "np_onderwijs"
CATALOGUES = ("measure_type", "menu_intervention", "sector", "target_group", "school_type", "status")


def register_for(municipalities: frozenset[str] | None) -> Register:
    """What rows of these municipalities (None is all) are judged against now."""
    programme = Programme.objects.prefetch_related("periods").get(code=PROGRAMME)
    places = {one.code: one for one in Municipality.objects.all()}
    zones = {one.zone for one in places.values() if municipalities is None or one.code in municipalities}
    today = max((clock.today(zone) for zone in zones), default=clock.today())
    return Register(
        window_starts_on=programme.window_starts_on,
        window_ends_on=programme.window_ends_on,
        school_years=tuple(period.school_year for period in programme.periods.all()),
        today=today,
        municipalities={code: KnownMunicipality(code=code, name=one.name) for code, one in places.items()},
        words=_words(),
        schools=by_code(_schools(today)),
        partners=_partners(),
        activities=_activities(municipalities),
        allowed=municipalities,
    )


def columns_for(upload: Upload, register: Register) -> Columns:
    """Which field each column of an upload holds."""
    return columns_of(upload.headings, register.school_years)


def judge(upload: Upload, rows: Iterable[UploadRow], register: Register) -> list[JudgedRow]:
    """Judge the rows of an upload, all of them, in order."""
    states = [row.state() for row in rows]
    return judge_rows(states, columns_for(upload, register), register, upload.separator)


def _words() -> dict[str, dict[str, Word]]:
    entries: dict[str, list] = {name: [] for name in CATALOGUES}
    for one in CatalogueEntry.objects.filter(catalogue__name__in=CATALOGUES).select_related("catalogue"):
        entries[one.catalogue.name].append((one.slug, one.label_nl, one.code, one.aliases))
    return {name: words_by_text(name, kept) for name, kept in entries.items()}


def _schools(today: date) -> list[KnownSchool]:
    """School locations whose codes hold now; one that ended may still be named while no other has its code."""
    found = list(School.objects.all())
    valid = [one for one in found if (one.valid_to or today) >= today and (one.valid_from or today) <= today]
    taken = {one.brin for one in valid}
    kept = valid + [one for one in found if one not in valid and one.brin not in taken]
    return [
        KnownSchool(
            id=one.id,
            brin=one.brin,
            location_code=one.location_code,
            municipality=one.municipality,
            name=one.name,
        )
        for one in kept
    ]


def _partners() -> dict[str, UUID]:
    found: dict[str, UUID] = {}
    for one in Partner.objects.order_by("-registered", "id"):
        for name in (one.name, *one.aliases):
            found.setdefault(key_of(name), one.same_as or one.id)
    return found


def _activities(municipalities: frozenset[str] | None) -> dict[tuple[str, str], KnownActivity]:
    activities = Activity.objects.all()
    lines = LedgerLine.objects.filter(kind__in=("plan", "spent_until"))
    taken_over = UploadRow.objects.filter(activity_id__isnull=False)
    if municipalities is not None:
        activities = activities.filter(municipality__in=municipalities)
        lines = lines.filter(activity__municipality__in=municipalities)
        taken_over = taken_over.filter(municipality__in=municipalities)
    phasing: dict[UUID, dict[str, int]] = defaultdict(dict)
    spent: dict[UUID, int] = defaultdict(int)
    for line in lines.values("activity_id", "kind", "school_year").annotate(cents=Sum("amount_cents")).order_by():
        if line["kind"] == "spent_until":
            spent[line["activity_id"]] += line["cents"]
        elif line["school_year"]:
            phasing[line["activity_id"]][line["school_year"]] = line["cents"]
    loaded: dict[UUID, set[str]] = defaultdict(set)
    for activity_id, fingerprints in taken_over.values_list("activity_id", "fingerprints"):
        loaded[activity_id].update(fingerprints)
    return {
        (one.municipality, one.number.casefold()): KnownActivity(
            id=one.id,
            number=one.number,
            title=one.title,
            municipality=one.municipality,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            total_cents=one.total_cents,
            facts=comparable(
                title=one.title,
                measure_type=one.measure_type,
                starts_on=one.starts_on,
                ends_on=one.ends_on,
                total_cents=one.total_cents,
                phasing=phasing[one.id],
                status=one.status,
                spent_until_cents=spent.get(one.id),
                schools=one.schools,
            ),
            loaded=frozenset(loaded[one.id]),
        )
        for one in activities
    }
