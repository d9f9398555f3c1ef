"""The base of every view of the API."""

from rest_framework.views import APIView

from coordination.identity.actor import Actor
from coordination.web.api.parsers import StrictJSONParser

API_VERSION = "1.0.0"


class ServiceView(APIView):
    """Reads JSON and knows who asks; authentication, permission and problems are those of the settings."""

    parser_classes = [StrictJSONParser]

    @property
    def actor(self) -> Actor:
        """Who asks."""
        return self.request.user
