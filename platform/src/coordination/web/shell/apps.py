"""The Django app of the shell: layout, components and one script; never a model or a query."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """The face of every service."""

    name = "coordination.web.shell"
    label = "shell"
