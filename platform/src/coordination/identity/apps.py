"""The Django app of identity: accounts, memberships and keys, in a database of its own."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Who acts."""

    name = "coordination.identity"
    label = "identity"
    default_auto_field = "django.db.models.BigAutoField"
