"""The embedded form with a data folder of its own, so that a test never meets somebody's house."""

import os
import tempfile

os.environ["VIERSPAN_DATA"] = tempfile.mkdtemp(prefix="vierspan-test-")

from vierspan.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
