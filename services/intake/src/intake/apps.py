"""The Django app of intake."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Intake: its tables, pages and news."""

    name = "intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
