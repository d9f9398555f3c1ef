"""Reporting on its own: its tables, identity and the log in the data folder."""

from django.utils.translation import gettext_lazy as _

from coordination.service import blocks

ROLES = ("policy_officer", "budget_holder", "council_member", "administrator")
MENU = [{"label": _("Raadspagina"), "url": "/reporting/", "roles": ROLES}]

globals().update(blocks.alone("reporting", menu=MENU))
