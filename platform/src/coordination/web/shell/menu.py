"""The menu of a whole house, in every form: which pages each role finds in the bar above.

A service that stands alone has a menu of its own, for the others are not there.
"""

from django.utils.translation import gettext_lazy as _

OFFICERS = ("policy_officer", "budget_holder")

MENU = [
    {"label": _("Activiteiten"), "url": "/intake/activities", "roles": OFFICERS},
    {"label": _("Uploaden"), "url": "/intake/uploads", "roles": ("policy_officer",)},
    {"label": _("Scholen en partners"), "url": "/matching/requests", "roles": OFFICERS},
    {"label": _("Aanbod"), "url": "/matching/", "roles": ("school_coordinator",)},
    {"label": _("Mijn projecten"), "url": "/matching/#mijn-projecten", "roles": ("school_coordinator",)},
    {"label": _("Behoeften"), "url": "/matching/needs", "roles": ("school_coordinator",)},
    {"label": _("Mijn rollen"), "url": "/matching/", "roles": ("partner",)},
    {"label": _("Raadspagina"), "url": "/reporting/", "roles": (*OFFICERS, "council_member")},
    {"label": _("Gemeenten"), "url": "/", "roles": ("administrator",)},
    {"label": _("Accounts"), "url": "/accounts", "roles": ("administrator",)},
    {"label": _("Uploaden"), "url": "/intake/uploads", "roles": ("administrator",)},
    {"label": _("Organisaties"), "url": "/matching/organisations", "roles": ("administrator",)},
    {"label": _("Raadspagina"), "url": "/reporting/", "roles": ("administrator",)},
    {
        "label": _("Berichten"),
        "url": "/intake/-/messages",
        "also": ("/matching/-/messages", "/reporting/-/messages"),
        "roles": ("administrator",),
    },
]
