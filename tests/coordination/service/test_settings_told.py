"""Every setting of the service form is explained to who runs it."""

import re
from pathlib import Path

from coordination.service import service_form

ROOT = Path(__file__).parents[3]


def test_every_setting_stands_in_the_guide():
    code = Path(service_form.__file__).read_text(encoding="utf-8")
    guide = (ROOT / "platform/docs/how-to/run-the-service-form.md").read_text(encoding="utf-8")
    named = set(re.findall(r'"((?:VIERSPAN|KAFKA)_[A-Z_]+)"', code))
    settings = {name for name in named if f'"{name}": ' in code} - {"VIERSPAN_LOG"}
    assert set(service_form.NEEDED) | set(service_form.NEEDED_FILES) <= named
    assert {name for name in named - settings if f"`{name}`" not in guide} == set()
