"""What stands in the menu of intake when it runs apart from the others."""

from django.utils.translation import gettext_lazy as _

OFFICERS = ("policy_officer", "budget_holder")

MENU = [
    {"label": _("Activiteiten"), "url": "/intake/activities", "roles": (*OFFICERS, "administrator")},
    {"label": _("Uploaden"), "url": "/intake/uploads", "roles": ("policy_officer", "administrator")},
    {"label": _("Gemeenten"), "url": "/", "roles": ("administrator",)},
    {"label": _("Accounts"), "url": "/accounts", "roles": ("administrator",)},
    {"label": _("Berichten"), "url": "/intake/-/messages", "roles": ("administrator",)},
]
