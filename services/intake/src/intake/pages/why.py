"""Why a figure is what it is: the ledger lines behind it as sentences, and a sum line equal to the cell."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from coordination.contracts.money import amount_in_column, amount_in_sentence
from coordination.contracts.periods import is_school_year
from coordination.contracts.refusals import problem
from coordination.identity.permissions import signed_in
from coordination.web.shell.page import show
from intake.domain import who_may
from intake.pages.grid_rows import UNDIVIDED, why_address, word_of
from intake.queries import catalogues
from intake.queries.activities import Row, row
from intake.queries.ledger import ANY_YEAR, Bill, LineShown, bill, uploads_to_open

FIGURES = {"planned": "planned", "committed": "committed", "realised": "realised", "total": "planned"}
REMAINING = "remaining"
FRAGMENTS = {"panel": "intake/why/_panel.html"}


@dataclass(frozen=True, kw_only=True)
class BillRow:
    """One line of the bill: the amount with its sign, the sentence, its school year where several stand together.

    upload is the sheet it came from, when this person may open it; href a page with the lines behind it.
    """

    amount: str
    sentence: str
    place: str = ""
    upload: str = ""
    href: str = ""


@require_GET
@signed_in
def lines(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """The bill behind ?figure= in ?schoolYear= (left out: of the whole activity; undivided: without a year)."""
    figure, asked = request.GET.get("figure", "total"), request.GET.get("schoolYear", "")
    found = row(actor=request.actor, activity_id=activity_id)
    context = _remaining(found) if figure == REMAINING else _bill(request, found, _known(figure), year_of(asked))
    municipality = found.activity.municipality
    context |= {
        "activity": found.activity,
        "row": found,
        "figure": "planned" if figure == "total" else figure,
        "school_year": asked if is_school_year(asked) else "",
        "may_edit": who_may.keeps_money(request.actor, municipality) and not found.activity.withdrawn,
        "in_place": request.GET.get("fragment") == "panel",
        "back": f"/intake/activities#rij-{activity_id}",
    }
    return show(request, "intake/why/page.html", context, fragments=FRAGMENTS)


def _known(figure: str) -> str:
    if figure not in FIGURES:
        raise problem("figure", "figure-unknown", _("Kies gepland, vastgelegd, besteed of over."))
    return figure


def year_of(asked: str) -> str | None:
    """The school year asked for: left out is any, undivided is None. Raises Invalid."""
    if not asked:
        return ANY_YEAR
    if asked == UNDIVIDED:
        return None
    if not is_school_year(asked):
        raise problem("schoolYear", "school-year-invalid", _("Schrijf een schooljaar als 2021-2022."))
    return asked


def _bill(request: HttpRequest, found: Row, figure: str, year: str | None) -> dict[str, Any]:
    told = bill(actor=request.actor, activity_id=found.activity.id, figure=FIGURES[figure], school_year=year)
    what = what_of(FIGURES[figure], year)
    sheets = uploads_to_open(actor=request.actor, ids=[one.upload for one in told.lines])
    return {
        "sum_cents": told.sum_cents,
        "question": question_of(told.sum_cents),
        "what": what,
        "bill": [
            _told(one, sheets, first=number == 0, several=year == ANY_YEAR) for number, one in enumerate(told.lines)
        ],
        "sum_text": amount_in_column(told.sum_cents),
        "sources": _sources(told),
        "empty": _("Dit is onbekend: niemand heeft hier nog iets ingevuld."),
    }


def _remaining(found: Row) -> dict[str, Any]:
    planned, realised = found.total.planned, found.total.realised
    spent = None if realised is None else -realised
    return {
        "sum_cents": found.total.remaining,
        "question": question_of(found.total.remaining),
        "what": _("over van gepland"),
        "bill": [
            BillRow(
                amount=amount_in_column(planned),
                sentence=_("Gepland in totaal."),
                href=why_address(found.activity.id, "total"),
            ),
            BillRow(
                amount=_signed(spent) if spent is not None else amount_in_column(None),
                sentence=_("Besteed in totaal."),
                href=why_address(found.activity.id, "realised"),
            ),
        ],
        "sum_text": amount_in_column(found.total.remaining),
        "sources": "",
        "empty": "",
    }


def what_of(figure: str, year: str | None) -> str:
    """What a figure is, in words: besteed in 2024-2025."""
    if year == ANY_YEAR:
        return _("%(word)s in totaal") % {"word": word_of(figure)}
    if year is None:
        return _("%(word)s, niet verdeeld over schooljaren") % {"word": word_of(figure)}
    return _("%(word)s in %(year)s") % {"word": word_of(figure), "year": year}


def question_of(cents: int | None) -> str:
    """The question a bill answers."""
    if cents is None:
        return _("Waarom is dit bedrag onbekend?")
    return _("Waarom is dit bedrag %(amount)s?") % {"amount": amount_in_sentence(cents)}


def _told(shown: LineShown, sheets: Collection[str], *, first: bool, several: bool) -> BillRow:
    line = shown.line
    return BillRow(
        amount=amount_in_column(line.amount_cents) if first else _signed(line.amount_cents),
        sentence=shown.sentence,
        place=(line.school_year or _("nog niet verdeeld")) if several else "",
        upload=shown.upload if shown.upload in sheets else "",
    )


def _signed(cents: int) -> str:
    return f"+\u00a0{amount_in_column(cents)}" if cents > 0 else amount_in_column(cents)


def _sources(told: Bill) -> str:
    labels = catalogues.labels("funding_source")["funding_source"]
    slugs: Sequence[str] = list(dict.fromkeys(one.line.funding_source for one in told.lines))
    return ", ".join(labels.get(slug, slug) for slug in slugs)
