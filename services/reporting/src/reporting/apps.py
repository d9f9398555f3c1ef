"""The Django app of reporting."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Reporting: its tables, pages and news."""

    name = "reporting"
    label = "reporting"
    default_auto_field = "django.db.models.BigAutoField"
