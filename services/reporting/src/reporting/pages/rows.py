"""The rows of the council page's tables, ready to show: bars, results, ages, parts of a split."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.domain import bars
from reporting.domain.facts import ActivityFact, IndicatorFact
from reporting.domain.participants import shown_count
from reporting.domain.splits import Part
from reporting.domain.summary import ActivityRow, Summary
from reporting.domain.titles import short_title
from reporting.pages import wording


@dataclass(frozen=True, kw_only=True)
class ActivityShown:
    """An activity in the table."""

    row: ActivityRow
    bar: bars.Bar
    reason: str
    results: tuple[dict[str, Any], ...]
    age: str
    late: bool

    @property
    def activity(self) -> ActivityFact:
        """What it is about."""
        return self.row.activity


@dataclass(frozen=True, kw_only=True)
class GroupShown:
    """Activities under one heading."""

    slug: str
    label: str
    rows: tuple[ActivityShown, ...]


@dataclass(frozen=True, kw_only=True)
class PartShown:
    """A row of a split, with the width of its bar in percent of the base."""

    label: str
    under: str
    part: Part
    base: int
    width: float
    count: int


def groups_shown(summary: Summary) -> tuple[GroupShown, ...]:
    """The activities by how they stand."""
    return tuple(
        GroupShown(
            slug=group.slug,
            label=str(wording.GROUPS.get(group.slug, group.slug)),
            rows=tuple(_activity_shown(row, summary) for row in group.rows),
        )
        for group in summary.groups
    )


def _activity_shown(row: ActivityRow, summary: Summary) -> ActivityShown:
    activity = row.activity
    reason = summary.facts.words.get("reason", {}).get(activity.status_reason, activity.status_reason)
    if not reason and activity.status in ("delayed", "stopped"):
        reason = _("reden onbekend")
    return ActivityShown(
        row=row,
        bar=bars.bullet(row.realised_cents, row.planned_cents, row.plan_cents),
        reason=reason,
        results=tuple(_result(one) for one in activity.indicators),
        age=_age(row),
        late=row.stale,
    )


def _age(row: ActivityRow) -> str:
    if row.last_report is None or row.age_days is None:
        return _("nog geen bericht")
    if row.stale:
        return _("geen bericht sinds %(day)s") % {"day": f"{row.last_report:%d-%m-%Y}"}
    if row.age_days < 0:
        return f"{row.last_report:%d-%m-%Y}"
    if row.age_days == 0:
        return _("vandaag")
    return ngettext("%(count)s dag", "%(count)s dagen", row.age_days) % {"count": row.age_days}


def _result(one: IndicatorFact) -> dict[str, Any]:
    is_share = one.name.casefold().startswith(("percentage", "%", "aandeel"))
    sign = "%" if is_share else ""
    name = one.name[:1].lower() + one.name[1:] if one.name[1:2].islower() else one.name
    return {
        "value": f"{decimal_in_words(one.value)}{sign}" if one.value else "",
        "target": f"{decimal_in_words(one.target)}{sign}" if one.target else "",
        "is_share": is_share,
        "name": name,
    }


def decimal_in_words(text: str) -> str:
    """A decimal as Dutch people write it: 2.400 or 3,5."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if not number.is_finite():
        return text
    plain = f"{number:,f}"
    whole, _point, rest = plain.partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")


def schools_split(summary: Summary) -> tuple[PartShown, ...]:
    """Shared, for one school, for none, and not given to an activity; of what was received."""
    schools = {row.school.id: row.school.name for row in summary.participants.schools}
    of_activity = {
        activity.id: [row.school.id for row in summary.participants.schools if activity.id in row.joined]
        for activity in summary.facts.activities
    }
    shown = []
    for part in summary.by_schools:
        label = str(wording.SPLITS[part.slug])
        if part.slug == "unassigned" and part.cents < 0:
            label = _("Meer toegewezen dan toegekend")
        shown.append(
            _part(part, label, _who(part, of_activity, schools), summary.allocated_cents, count=len(part.activities))
        )
    return tuple(shown)


def sectors_split(summary: Summary) -> tuple[PartShown, ...]:
    """By kind of education; of what was given to activities."""
    return tuple(
        _part(part, wording.sector_label(part), "", summary.planned_cents, count=len(part.activities))
        for part in summary.by_sectors
    )


def _who(part: Part, of_activity: dict, schools: dict) -> str:
    count = len(part.activities)
    if part.slug == "shared":
        return ngettext(
            "%(count)s activiteit, twee scholen of meer", "%(count)s activiteiten, twee scholen of meer", count
        ) % {"count": count}
    if count == 1:
        only = part.activities[0]
        names = [schools[one] for one in of_activity.get(only.id, ()) if one in schools]
        return ", ".join([short_title(only.title), *names])
    return ngettext("%(count)s activiteit", "%(count)s activiteiten", count) % {"count": count} if count else ""


def _part(part: Part, label: str, under: str, base: int, *, count: int) -> PartShown:
    return PartShown(label=label, under=under, part=part, base=base, width=bars.percent(part.cents, base), count=count)


def signals_shown(summary: Summary) -> list[tuple[str, list[str]]]:
    """What needs somebody's eye, by kind, with the activities; pupils who wait only in numbers that may be shown."""
    titles = {one.id: short_title(one.title) for one in summary.facts.activities}
    found: list[tuple[str, list[str]]] = []
    waiting = [
        _("%(title)s: %(count)s leerlingen") % {"title": titles[one.id], "count": shown_count(one.waiting)}
        for one in summary.facts.activities
        if one.waiting
    ]
    if waiting:
        found.append((_("Wachtlijst"), waiting))
    for kind, label in wording.SIGNALS.items():
        named = [
            titles[one.activity_id] for one in summary.facts.signals if one.kind == kind and one.activity_id in titles
        ]
        if named:
            found.append((str(label), sorted(named)))
    return found


def matrix(summary: Summary) -> dict[str, Any]:
    """Schools by activities, with the number of schools of each activity."""
    activities = summary.facts.activities
    return {
        "columns": [
            {"activity": one, "short": short_title(one.title), "schools": summary.participants.schools_in(one.id)}
            for one in activities
        ],
        "rows": [
            {
                "school": row.school,
                "own": row.own,
                "cells": [one.id in row.joined for one in activities],
                "count": len(row.joined),
            }
            for row in summary.participants.schools
        ],
        "empty_columns": [short_title(one.title) for one in activities if not summary.participants.schools_in(one.id)],
    }


def partners_shown(summary: Summary) -> list[dict[str, str]]:
    """Partners and what for."""

    def doing(activities: Sequence[ActivityFact]) -> str:
        return ", ".join(_small(short_title(one.title), index) for index, one in enumerate(activities))

    return [{"name": row.name, "for": doing(row.activities)} for row in summary.participants.partners]


def _small(title: str, index: int) -> str:
    return title if index == 0 or not title[1:2].islower() else title[:1].lower() + title[1:]


def halves(rows: Sequence[Any]) -> tuple[Sequence[Any], Sequence[Any]]:
    """A list in two columns, the first the longer."""
    middle = (len(rows) + 1) // 2
    return rows[:middle], rows[middle:]
