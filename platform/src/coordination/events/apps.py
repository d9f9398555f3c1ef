"""The Django app that brings the commands relay, consume, replay and dead_letters; it has no tables."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """How news travels."""

    name = "coordination.events"
    label = "events"
