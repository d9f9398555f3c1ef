"""Why a figure of the whole grid is what it is: what each activity brings to it, with a way to the lines of each."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from coordination.contracts.money import amount_in_column
from coordination.contracts.refusals import problem
from coordination.identity.permissions import signed_in
from coordination.web.shell.page import show
from coordination.web.shell.templatetags.vierspan import dutch_date
from intake.domain.figures import Figures
from intake.models import Allocation
from intake.pages.administration_forms import COMPONENTS
from intake.pages.grid import municipality_meant, wanted_of
from intake.pages.grid_rows import UNDIVIDED, why_address
from intake.pages.why import BillRow, question_of, what_of, year_of
from intake.queries.activities import Grid, Row, grid
from intake.queries.allocations import allocations
from intake.queries.ledger import ANY_YEAR

OF_ACTIVITIES = ("planned", "committed", "realised", "remaining")


@require_GET
@signed_in
def total_lines(request: HttpRequest) -> HttpResponse:
    """The bill behind ?figure= of the grid, in ?schoolYear= as for one activity, with the filter of the grid.

    allocated has the components the municipality received, unassigned what came minus what is planned.
    """
    code = municipality_meant(request.actor, request.GET.get("municipality"))
    figure = request.GET.get("figure", "planned")
    wanted = {name: value for name, value in wanted_of(request.GET).items() if name != "show"} | {"municipality": code}
    if figure in ("allocated", "unassigned"):
        context = _allocation(request, code, figure)
    elif figure in OF_ACTIVITIES:
        context = _activities(grid(actor=request.actor, wanted=wanted), figure, request.GET.get("schoolYear", ""))
    else:
        raise problem("figure", "figure-unknown", _("Kies gepland, vastgelegd, besteed of over."))
    context["question"] = question_of(context["sum_cents"])
    context["sum_text"] = amount_in_column(context["sum_cents"])
    context["back"] = f"/intake/activities?{urlencode(wanted)}"
    return show(request, "intake/why/total.html", context)


def _activities(found: Grid, figure: str, asked: str) -> dict[str, Any]:
    year = ANY_YEAR if figure == "remaining" else year_of(asked)
    bill = []
    for row in found.rows:
        cents = getattr(_figures_of(row, year), figure)
        if cents is None:
            continue
        address = "total" if (figure, year) == ("planned", ANY_YEAR) else figure
        place = "" if year == ANY_YEAR else year or UNDIVIDED
        bill.append(
            BillRow(
                amount=amount_in_column(cents),
                sentence=f"{row.activity.number} {row.activity.title}",
                href=why_address(row.activity.id, address, place),
            )
        )
    missing = len(found.rows) - len(bill) if year is not None else 0
    whole = found.total.total if year == ANY_YEAR else found.total.by_year.get(year, Figures())
    return {"sum_cents": getattr(whole, figure), "what": what_of(figure, year), "bill": bill, "missing": missing}


def _figures_of(row: Row, year: str | None) -> Figures:
    return row.total if year == ANY_YEAR else row.figures(year)


def _allocation(request: HttpRequest, code: str, figure: str) -> dict[str, Any]:
    granted = allocations(actor=request.actor, municipality=code)
    cents = sum(one.amount_cents for one in granted) if granted else None
    bill = [BillRow(amount=amount_in_column(one.amount_cents), sentence=_granted(one)) for one in granted]
    if figure == "allocated":
        return {"sum_cents": cents, "what": _("toegekend"), "bill": bill, "missing": 0}
    planned = grid(actor=request.actor, wanted={"municipality": code}).total.total.planned or 0
    bill.append(
        BillRow(
            amount=amount_in_column(-planned),
            sentence=_("Toegewezen aan activiteiten."),
            href=f"/intake/lines?{urlencode({'figure': 'planned', 'municipality': code})}",
        )
    )
    left = None if cents is None else cents - planned
    return {"sum_cents": left, "what": _("nog niet toegewezen"), "bill": bill, "missing": 0}


def _granted(one: Allocation) -> str:
    label = str(dict(COMPONENTS).get(one.component, one.component))
    return _("Ontvangen op %(day)s: %(component)s.") % {"day": dutch_date(one.granted_on), "component": label}
