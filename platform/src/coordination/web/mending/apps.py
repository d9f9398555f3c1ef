"""The Django app of mending: pages, and no table of its own."""

from django.apps import AppConfig


class MendingConfig(AppConfig):
    """The administrator's pages about messages."""

    name = "coordination.web.mending"
    label = "mending"
