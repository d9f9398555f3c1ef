"""What the guide to pages offers is really there: every class, token, tag and filter."""

import re
from pathlib import Path

from coordination.web import shell
from coordination.web.shell.templatetags.vierspan import register

GUIDE = Path(__file__).parents[3] / "platform/docs/how-to/add-a-page.md"
SHEETS = sorted((Path(shell.__file__).parent / "static/shell").glob("*.css"))
STYLES = "\n".join(sheet.read_text(encoding="utf-8") for sheet in SHEETS)
LAYOUT = (Path(shell.__file__).parent / "templates/shell/styles.html").read_text(encoding="utf-8")


def test_every_class_of_the_guide_is_in_a_style_sheet():
    named = set(re.findall(r"(?<![\w-])vs-[a-z][a-z0-9_-]*[a-z0-9]", GUIDE.read_text(encoding="utf-8")))
    assert len(named) > 100
    there = set(re.findall(r"\.(vs-[a-z0-9_-]+)", STYLES)) | {"vs-live"}
    assert sorted(named - there) == []


def test_every_token_of_the_guide_and_of_the_sheets_is_defined():
    defined = set(re.findall(r"^\s*(--vs-[a-z0-9-]+):", STYLES, re.MULTILINE))
    used = set(re.findall(r"var\((--vs-[a-z0-9-]+)", STYLES)) | set(
        re.findall(r"`(--vs-[a-z0-9-]+)`", GUIDE.read_text(encoding="utf-8"))
    )
    assert sorted(used - defined - {"--vs-head-height"}) == []


def test_every_tag_and_filter_of_the_guide_exists():
    guide = GUIDE.read_text(encoding="utf-8")
    tags = set(re.findall(r"{% (status|participation|reason_sign|period|field|error_summary|live|live_sign) ?", guide))
    filters = set(re.findall(r"\\?\|([a-z_]+)(?::\w+)? ?}}", guide))
    assert tags <= set(register.tags)
    assert filters and filters <= set(register.filters)


def test_every_sheet_is_loaded_and_colours_stand_in_one_place():
    for sheet in SHEETS:
        assert f"shell/{sheet.name}" in LAYOUT
        if sheet.name != "tokens.css":
            assert re.findall(r"#[0-9a-fA-F]{3,8}\b", sheet.read_text(encoding="utf-8")) == [], sheet.name
