"""The page of one activity: how it stands, its money and results, its school years, who takes part, what happened."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from coordination.contracts.clock import NETHERLANDS
from coordination.identity.actor import Actor
from coordination.identity.permissions import signed_in
from coordination.web.shell.page import show
from intake.domain import who_may
from intake.pages.activity_years import year_table
from intake.pages.owners import owner_name
from intake.queries.full_picture import FullPicture, full_picture
from intake.queries.history import history
from intake.queries.ledger import uploads_to_open
from intake.queries.standing import standing_of

FRAGMENTS = {name: f"intake/activity/{name}.html" for name in ("status", "standing", "years", "people", "history")}


@signed_in
@require_http_methods(["GET", "HEAD"])
def activity(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """One activity, for whoever may see it; buttons only for who may do something with it."""
    picture = full_picture(actor=request.actor, activity_id=activity_id)
    fragment = request.GET.get("fragment", "")
    context = _context(request.actor, picture)
    request.theme = picture.municipality.theme if picture.municipality else ""
    if fragment in ("", "history"):
        context["happened"] = history(actor=request.actor, activity_id=activity_id)
        context["sheets"] = uploads_to_open(actor=request.actor, ids=[one.upload for one in context["happened"]])
    return show(request, "intake/activity/page.html", context, fragments=FRAGMENTS)


def _context(actor: Actor, picture: FullPicture) -> dict[str, Any]:
    activity, code = picture.activity, picture.activity.municipality
    own = who_may.sees_names(actor, code)
    stands = not activity.withdrawn
    return {
        "picture": picture,
        "activity": activity,
        "lines": f"/intake/activities/{activity.id}/lines",
        "status": "withdrawn" if activity.withdrawn else activity.status,
        "reason": picture.words["reason"].get(activity.status_reason, activity.status_reason),
        "standing": standing_of(picture),
        "years": year_table(picture.row),
        "owner": owner_name(activity.owner, code) if own else "",
        "own": own,
        "zone": picture.municipality.zone if picture.municipality else NETHERLANDS,
        "last_period": picture.periods[-1] if picture.periods else None,
        "last_year": picture.row.figures(picture.periods[-1].school_year) if picture.periods else None,
        "may_describe": stands and who_may.describes(actor, code),
        "may_book": stands and who_may.keeps_money(actor, code),
        "may_transfer": stands and who_may.transfers(actor, code),
    }
