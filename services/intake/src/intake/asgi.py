"""The web process of intake standing alone."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intake.settings")

from coordination.service.web import application_of

application = application_of("intake")
