"""The embedded form with a data folder of its own, so that a test never meets somebody's house."""

import os
import tempfile

os.environ["VIERSPAN_DATA"] = tempfile.mkdtemp(prefix="vierspan-test-")

from vierspan.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
os.makedirs(STATIC_ROOT, exist_ok=True)  # noqa: F405
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Nothing lives here: a query that reaches it finds no table. Django's own test classes want a database they can flush.
DATABASES["default"] = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}  # noqa: F405

# Files, not memory: threads that write at once must wait for each other as they do in a real house.
for _name in set(DATABASES) - {"default"}:  # noqa: F405
    DATABASES[_name].setdefault("TEST", {})["NAME"] = f"{os.environ['VIERSPAN_DATA']}/test-{_name}.sqlite3"  # noqa: F405
