"""What a form that was opened in place answers once it is done: the grid as it now stands, or the page around it."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django_htmx.http import HttpResponseClientRefresh, reswap, retarget, trigger_client_event

from coordination.web.shell.page import show
from intake.models import Activity
from intake.pages.grid import grid_context, wanted_before

SAVED = "intake/phasing/_saved.html"


def answer_in_place(
    request: HttpRequest, activity: Activity, *, cell: str, said: str, warnings: Sequence[str] = ()
) -> HttpResponse:
    """In the grid the grid anew, with the focus on the cell it was about; elsewhere, or with a warning, the page."""
    seen = urlsplit(request.htmx.current_url or "").path
    if warnings or seen not in ("", reverse("intake-grid")):
        messages.success(request, said)
        for warning in warnings:
            messages.warning(request, warning)
        return HttpResponseClientRefresh()
    context = grid_context(request, activity.municipality, wanted_before(request)) | {"oob": True}
    answer = show(request, SAVED, context)
    trigger_client_event(answer, "vierspan:saved", {"cell": cell, "said": said}, after="settle")
    return reswap(retarget(answer, "#raster"), "outerHTML")
