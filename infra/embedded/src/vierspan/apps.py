"""The Django app of the embedded form; it has no tables."""

from django.apps import AppConfig

from vierspan import world


class EmbeddedConfig(AppConfig):
    """Sets the business clock to the day of this house's world."""

    name = "vierspan"
    label = "vierspan"

    def ready(self) -> None:
        """An example world stands still at its own date in every process that opens it."""
        world.apply()
