"""Every setting of the service form is explained to who runs it."""

import re
from pathlib import Path

from coordination.service import behind_proxy, service_form, sign_in

ROOT = Path(__file__).parents[3]


def test_every_setting_stands_in_the_guide():
    guide = (ROOT / "platform/docs/how-to/run-the-service-form.md").read_text(encoding="utf-8")
    asked = {*service_form.NEEDED, *service_form.NEEDED_FILES}
    for module in (service_form, sign_in, behind_proxy):
        code = Path(module.__file__).read_text(encoding="utf-8")
        asked |= set(re.findall(r'(?:environ\.get|number|address)\("([A-Z_]+)"', code))
    assert {"OIDC_ISSUER", "OIDC_AUDIENCE", "VIERSPAN_DATABASE_POOL"} <= asked
    assert {name for name in asked if f"`{name}`" not in guide} == set()
