"""What stands in the menu of reporting when it runs apart from the others."""

from django.utils.translation import gettext_lazy as _

ROLES = ("policy_officer", "budget_holder", "council_member", "administrator")
MENU = [
    {"label": _("Raadspagina"), "url": "/reporting/", "roles": ROLES},
    {"label": _("Berichten"), "url": "/reporting/-/messages", "roles": ("administrator",)},
]
