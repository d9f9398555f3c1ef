"""Matching on its own: with its own settings, its own data folder and no other service to be found."""

import os
import subprocess
import sys

STORY = """
import sys

class NoOtherService:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("intake", "reporting", "vierspan"):
            raise ModuleNotFoundError(f"{name} is another service")
        return None

sys.meta_path.insert(0, NoOtherService())
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
for alias in settings.DATABASES:
    if alias != "default":
        call_command("migrate", database=alias, interactive=False, verbosity=0)
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
from django.test import Client
from coordination.identity import accounts
from matching.commands.example import load_register
from matching.models import School
import matching.asgi
load_register()
school = School.objects.get(location_code="90AA00")
account = accounts.create_account(email="school@test.example", name="Test")
accounts.add_membership(account=account, role="school_coordinator", kind="school", key=str(school.pk), name=school.name)
client = Client(SERVER_NAME="localhost")
client.force_login(account, backend="coordination.identity.backends.Accounts")
page = client.get(client.get("/matching/")["Location"])
assert page.status_code == 200, page.status_code
assert "Waar kan uw school aan meedoen?" in page.content.decode()
token = accounts.issue_token(account)
answer = client.get("/matching/api/v1/suggestions", headers={"Authorization": f"Bearer {token}"})
assert answer.json() == {"results": [], "next": None}, answer.content
assert client.get("/intake/activities").status_code == 404
assert not {name.split(".")[0] for name in sys.modules} & {"intake", "reporting", "vierspan"}
print("alone and well")
"""


def test_it_works_where_no_other_service_is(tmp_path):
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("VIERSPAN")},
        "DJANGO_SETTINGS_MODULE": "matching.settings",
        "VIERSPAN_DATA": str(tmp_path),
    }
    answer = subprocess.run(
        [sys.executable, "-W", "error::ImportWarning", "-c", STORY],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr[-3000:]
    assert answer.stdout.strip().endswith("alone and well")
