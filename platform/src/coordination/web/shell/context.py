"""What every page knows: who looks, the menu of their roles, the palette of their municipality, what day it is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from coordination.contracts import clock
from coordination.identity.actor import Actor

ROLE_NAMES = {
    "policy_officer": "beleidsmedewerker",
    "budget_holder": "budgethouder",
    "school_coordinator": "coördinator",
    "partner": "partner",
    "council_member": "raadslid",
    "administrator": "functioneel beheerder",
}


def menu_of(actor: Actor | None, path: str) -> list[dict[str, Any]]:
    """The menu items for an actor's roles, with the one that holds this path marked as current."""
    if actor is None:
        return []
    roles = {one.role for one in actor.memberships}
    items, seen = [], set()
    for item in settings.VIERSPAN_MENU:
        if roles.intersection(item["roles"]) and item["url"] not in seen:
            seen.add(item["url"])
            items.append(dict(item))
    fitting = [item for item in items if path == item["url"] or (item["url"] != "/" and path.startswith(item["url"]))]
    current = max(fitting, key=lambda item: len(item["url"]), default=None)
    for item in items:
        item["current"] = item is current
    return items


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context of the layout."""
    actor = getattr(request, "actor", None)
    first = actor.memberships[0] if actor and actor.memberships else None
    return {
        "actor": actor,
        "menu": menu_of(actor, request.path),
        "role_name": ROLE_NAMES.get(first.role, "") if first else "",
        "organisation_name": first.name if first else "",
        "theme": getattr(request, "theme", "") or settings_theme(first),
        "today": clock.today(),
        "stands_still": clock.stands_still(),
    }


def settings_theme(membership: Any) -> str:
    """The palette by the municipality somebody belongs to, where the form names one; else the house's own."""
    themes = getattr(settings, "VIERSPAN_THEMES", {})
    return themes.get(membership.key, "") if membership and membership.kind == "municipality" else ""
