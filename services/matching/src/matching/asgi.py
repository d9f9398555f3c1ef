"""The ASGI application of matching standing alone."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "matching.settings")

from coordination.service.web import application_of

application = application_of("matching")
