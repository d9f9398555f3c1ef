"""The ASGI application of reporting standing alone."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reporting.settings")

from coordination.service.web import application_of

application = application_of("reporting")
