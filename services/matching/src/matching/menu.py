"""What stands in the menu of matching when it runs apart from the others."""

from django.utils.translation import gettext_lazy as _

MENU = [
    {"label": _("Scholen en partners"), "url": "/matching/requests", "roles": ("policy_officer", "budget_holder")},
    {"label": _("Aanbod"), "url": "/matching/", "roles": ("school_coordinator",)},
    {"label": _("Mijn projecten"), "url": "/matching/#mijn-projecten", "roles": ("school_coordinator",)},
    {"label": _("Behoeften"), "url": "/matching/needs", "roles": ("school_coordinator",)},
    {"label": _("Mijn rollen"), "url": "/matching/", "roles": ("partner",)},
    {"label": _("Scholen en partners"), "url": "/matching/organisations", "roles": ("administrator",)},
    {"label": _("Berichten"), "url": "/matching/-/messages", "roles": ("administrator",)},
]
