"""The Django app with the tables of the embedded log."""

from django.apps import AppConfig


class EmbeddedLogConfig(AppConfig):
    """The log in a file of its own: records, and how far each group has read."""

    name = "coordination.events.embedded"
    label = "log"
    default_auto_field = "django.db.models.BigAutoField"
