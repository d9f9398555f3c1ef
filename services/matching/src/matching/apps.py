"""The Django app of matching."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Matching: its tables, pages and news."""

    name = "matching"
    label = "matching"
    default_auto_field = "django.db.models.BigAutoField"
