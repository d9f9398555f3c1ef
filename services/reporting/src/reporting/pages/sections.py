"""What the council page shows, section by section: figures from the summary, sentences, charts and rows."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from reporting.domain import bars, charts
from reporting.domain.facts import ChangeFact
from reporting.domain.sentences import names_of, sentence_of
from reporting.domain.summary import Summary
from reporting.domain.titles import short_title
from reporting.models import Snapshot
from reporting.pages import rows, wording

MOST_SHOWN = 50


def sections(summary: Summary, *, since: str, snapshots: Sequence[Snapshot] = ()) -> dict[str, Any]:
    """The context of the whole page."""
    return {
        "summary": summary,
        "facts": summary.facts,
        "place": wording.place_of(summary.facts),
        "received": wording.received(summary.facts),
        **_standing(summary),
        **_years(summary),
        "groups": rows.groups_shown(summary),
        "whole_bar": bars.bullet(
            summary.realised_cents, summary.planned_cents, summary.plan.cents if summary.plan else None
        ),
        "activities_answer": wording.activities_answer(summary),
        "signals": rows.signals_shown(summary),
        "schools_split": rows.schools_split(summary),
        "sectors_split": rows.sectors_split(summary),
        "sources": _sources(summary),
        "schools_answer": wording.schools_answer(summary),
        "matrix": rows.matrix(summary),
        "partner_halves": rows.halves(rows.partners_shown(summary)),
        "partner_count": len(summary.participants.partners),
        **_changed(summary, since, snapshots),
        "ended": [(one, short_title(one.activity.title)) for one in summary.left.ended],
        "after_answer": wording.after_answer(summary),
        "after": _after(summary),
        "last_year": summary.facts.periods[-1].school_year if summary.facts.periods else "",
    }


def _standing(summary: Summary) -> dict[str, Any]:
    left, plan = summary.left, summary.plan
    difference = None
    if plan and summary.realised_cents is not None:
        difference = summary.realised_cents - plan.cents
    parts = [
        ("spent", summary.realised_cents or 0),
        ("still", left.still_to_spend_cents),
        ("ended", left.ended_cents),
        ("unassigned", left.unassigned_cents),
    ]
    return {
        "bar": bars.stacked(parts, summary.allocated_cents, tick=plan.cents if plan else None),
        "parts": dict(parts),
        "difference": difference,
        "off": abs(difference) if difference is not None else None,
        "verdict": str(wording.VERDICTS.get(plan.verdict, "")) if plan else "",
        "over_cents": max(-summary.unassigned_cents, 0),
    }


def _years(summary: Summary) -> dict[str, Any]:
    years = [row for row in summary.years if row.school_year]
    plan = summary.plan
    shares = [(row.school_year or "", row.figures.planned_cents, row.percentage) for row in years]
    drawn = {"shares": None, "shares_small": None, "total": None, "total_small": None}
    if summary.planned_cents > 0 and any(cents for _year, cents, _national in shares):
        drawn["shares"] = charts.shares_chart(shares, summary.planned_cents, charts.WIDE_SHARES)
        drawn["shares_small"] = charts.shares_chart(shares, summary.planned_cents, charts.SMALL_SHARES)
        for name, frame in (("total", charts.WIDE_TOTAL), ("total_small", charts.SMALL_TOTAL)):
            drawn[name] = charts.total_chart(
                periods=summary.facts.periods,
                points=summary.points,
                allocated=summary.allocated_cents,
                spent=summary.realised_cents,
                day=plan.elapsed.day if plan else None,
                plan_on_day=plan.cents if plan else None,
                frame=frame,
            )
    weights = [row.percentage for row in years if row.percentage is not None]
    undivided = summary.undivided
    spread = any(row.figures.realised_cents is not None for row in years)
    committed_spread = any(row.figures.committed_cents is not None for row in years)
    return {
        "years": years,
        "years_count": wording.number_word(len(years)),
        "years_link": _("%(count)s schooljaren") % {"count": wording.capital(wording.number_word(len(years)))},
        "charts": drawn,
        "years_answer": wording.years_answer(summary),
        "national": weights,
        "national_sum": sum(weights),
        "national_list": wording.listed([str(weight) for weight in weights]),
        "realised_spread": spread,
        "committed_spread": committed_spread,
        "undivided_row": undivided.planned_cents is not None
        or (undivided.committed_cents is not None and committed_spread)
        or (undivided.realised_cents is not None and spread),
        "drafts": sum(1 for row in summary.rows if row.activity.phasing_state == "draft"),
    }


def _sources(summary: Summary) -> list[tuple[str, int]]:
    words = summary.facts.words.get("funding_source", {})
    return [(words.get(slug, slug), cents) for slug, cents in summary.by_source if cents]


def _after(summary: Summary) -> list[dict[str, Any]]:
    kinds = (
        ("yes_certain", _("Gaat door"), ""),
        ("uncertain", _("Nog onzeker"), "unsure"),
        ("no", _("Gaat niet door"), "ends"),
        ("", _("Niet ingevuld"), "unsure"),
    )
    found = {group.slug: group for group in summary.continuation}
    return [
        {
            "label": label,
            "mark": mark,
            "group": found.get(slug),
            "count": len(found[slug].activities) if slug in found else 0,
            "titles": [(one, short_title(one.title)) for one in found[slug].activities] if slug in found else [],
        }
        for slug, label, mark in kinds
        if slug or slug in found
    ]


def _changed(summary: Summary, since: str, snapshots: Sequence[Snapshot]) -> dict[str, Any]:
    facts, names = summary.facts, names_of(summary.facts)
    zone = ZoneInfo(facts.zone)
    found = summary.lately.changes
    label = ""
    chosen = _moment_of(since, snapshots, zone)
    if chosen is not None:
        found = tuple(sorted((one for one in facts.changes if one.changed_at >= chosen), key=_newest, reverse=True))
        label = since
    shown = found[:MOST_SHOWN]
    days = sorted({one.changed_at.astimezone(zone).date() for one in facts.changes}, reverse=True)
    return {
        "sentences": [sentence_of(one, names) for one in shown],
        "more_changes": len(found) - len(shown),
        "since": label,
        "since_moment": chosen,
        "since_days": days[:30],
        "snapshots": list(snapshots),
    }


def _newest(change: ChangeFact) -> tuple[datetime, str]:
    return (change.changed_at, change.id.hex)


def _moment_of(since: str, snapshots: Sequence[Snapshot], zone: ZoneInfo) -> datetime | None:
    for one in snapshots:
        if str(one.id) == since:
            return one.taken_at
    try:
        return datetime.combine(date.fromisoformat(since), time.min, tzinfo=zone)
    except ValueError:
        return None
