"""Intake standing alone: its own database, identity and the log in one data folder, and no other service."""

from django.utils.translation import gettext_lazy as _

from coordination.service import blocks

OFFICERS = ("policy_officer", "budget_holder")

globals().update(
    blocks.alone(
        "intake",
        menu=[
            {"label": _("Activiteiten"), "url": "/intake/activities", "roles": (*OFFICERS, "administrator")},
            {"label": _("Uploaden"), "url": "/intake/uploads", "roles": ("policy_officer", "administrator")},
            {"label": _("Gemeenten"), "url": "/", "roles": ("administrator",)},
            {"label": _("Accounts"), "url": "/accounts", "roles": ("administrator",)},
        ],
    )
)
VIERSPAN_THEME_OF = "intake.queries.directory.theme_of"
VIERSPAN_ORGANISATIONS = "intake.queries.directory.organisations"
