"""The page on which the copies of a service are made again from the log: asked for, followed, and looked back at."""

import threading

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from coordination.events.connections import close_connections
from coordination.events.rebuilds import ask_for_rebuild, carry_out, progress, rebuilds, running
from coordination.events.subscription import subscriptions_of
from coordination.events.tables import Rebuild
from coordination.identity.models import Account
from coordination.web.mending.admitting import for_administrator, frame
from coordination.web.mending.words import OUTCOMES
from coordination.web.shell.page import show

LOOKED_BACK = 10

_log = structlog.get_logger(__name__)


@for_administrator("GET", "HEAD", "POST")
def rebuild(request: HttpRequest, service: str) -> HttpResponse:
    """Before it begins: what it does. While it goes on: how far it is. Afterwards: how it went."""
    if request.method == "POST":
        asked = ask_for_rebuild(service, account=request.actor.account_id)
        threading.Thread(target=_carry_out, args=[service, asked], name=f"rebuild-{service}", daemon=True).start()
        return HttpResponseRedirect(reverse(f"{service}-rebuild"))
    now = running(service)
    before = [row for row in rebuilds(service)[: LOOKED_BACK + 1] if now is None or row.pk != now.pk][:LOOKED_BACK]
    names = dict(Account.objects.filter(pk__in=[row.account for row in before]).values_list("pk", "name"))
    context = {
        "running": now,
        "progress": progress(service) if now else None,
        "before": [(row, OUTCOMES[row.outcome], names.get(row.account, "")) for row in before],
    }
    fragments = {"progress": "mending/_progress.html"}
    return show(request, "mending/rebuild.html", frame(service) | context, fragments=fragments)


def _carry_out(service: str, asked: Rebuild) -> None:
    """In a thread beside the pages; how it ends is written down, also when it fails."""
    try:
        carry_out(asked, subscriptions_of(service))
    except Exception as fault:
        _log.warning("rebuild_ended_early", service=service, error=str(fault))
    finally:
        close_connections()
