"""The base of every view of the API."""

from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.views import APIView

from coordination.identity.actor import Actor
from coordination.web.api.parsers import StrictJSONParser

API_VERSION = "1.0.0"
FILE_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class ServiceView(APIView):
    """Reads JSON and knows who asks; authentication, permission and problems are those of the settings."""

    parser_classes = [StrictJSONParser]

    @property
    def actor(self) -> Actor:
        """Who asks."""
        return self.request.user


class FileView(ServiceView):
    """Answers a file of a kind; who asks for that kind's media type gets it, and problems stay JSON."""

    kind = "csv"

    def get_renderers(self) -> list[BaseRenderer]:
        """JSON, under the file's own type too."""
        of_file = type("FileRenderer", (JSONRenderer,), {"media_type": FILE_TYPES[self.kind], "format": "file"})
        return [of_file(), JSONRenderer()]
