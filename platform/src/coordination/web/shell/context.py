"""What every page knows: who looks, the menu of their roles, the palette of their municipality, what day it is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from coordination.contracts import clock
from coordination.identity.actor import Actor

ROLE_NAMES = {
    "policy_officer": gettext_noop("beleidsmedewerker"),
    "budget_holder": gettext_noop("budgethouder"),
    "school_coordinator": gettext_noop("coördinator"),
    "partner": gettext_noop("partner"),
    "council_member": gettext_noop("raadslid"),
    "administrator": gettext_noop("functioneel beheerder"),
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
    fits = [(_fits(path, url), item) for item in items for url in (item["url"], *item.get("also", ()))]
    longest, current = max(fits, key=lambda fit: fit[0], default=(0, None))
    for item in items:
        item["current"] = item is current and longest > 0
    return items


def _fits(path: str, url: str) -> int:
    """How much of a path an item of the menu holds; 0 when it does not hold it."""
    return len(url) if path == url or (url != "/" and path.startswith(url)) else 0


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context of the layout."""
    actor = getattr(request, "actor", None)
    first = actor.memberships[0] if actor and actor.memberships else None
    return {
        "actor": actor,
        "menu": menu_of(actor, request.path),
        "role_name": role_beside(actor),
        "organisation_name": first.name if first else "",
        "theme": getattr(request, "theme", "") or theme_of(first),
        "today": clock.today(),
        "stands_still": clock.stands_still(),
    }


def role_beside(actor: Actor | None) -> str:
    """The word for the first role of an actor; none where the name already says it."""
    if actor is None or not actor.memberships:
        return ""
    role = actor.memberships[0].role
    word = _(ROLE_NAMES.get(role, role))
    return "" if word.casefold() == actor.name.casefold() else word


def theme_of(membership: Any) -> str:
    """The palette of an organisation, as the function named by VIERSPAN_THEME_OF knows it; else the house's own."""
    path = getattr(settings, "VIERSPAN_THEME_OF", "")
    if not path or membership is None:
        return ""
    return import_string(path)(membership.kind, membership.key)
