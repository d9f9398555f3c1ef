"""Every palette can be read: text at least 4.5 : 1 on what it stands on, bars and edges at least 3 : 1."""

import re
from pathlib import Path

import pytest

from coordination.web import shell

TOKENS = (Path(shell.__file__).parent / "static/shell/tokens.css").read_text(encoding="utf-8")
EIGHT = {"brand", "brand-dark", "tint", "planned", "line", "ground", "border", "rule"}


def colours_of(selector: str) -> dict[str, str]:
    """The colours that a rule sets, by token."""
    body = "\n".join(re.findall(rf"^{re.escape(selector)} {{(.*?)^}}", TOKENS, re.DOTALL | re.MULTILINE))
    return dict(re.findall(r"--vs-([a-z0-9-]+): (#[0-9a-f]{6});", body))


HOUSE = colours_of(":root")
THEMES = re.findall(r'^\[data-theme="([a-z]+)"\]', TOKENS, re.MULTILINE)
PALETTES = {"petrol": HOUSE, **{name: HOUSE | colours_of(f'[data-theme="{name}"]') for name in THEMES}}

TEXT_ON = [
    ("ink", "paper"),
    ("ink", "tint"),
    ("ink", "ground"),
    ("ink", "planned"),
    ("ink", "editing"),
    ("ink-2", "paper"),
    ("ink-2", "tint"),
    ("ink-2", "ground"),
    ("ink-2", "editing"),
    ("paper", "brand"),
    ("paper", "brand-dark"),
    ("brand", "paper"),
    ("brand", "tint"),
    ("brand", "ground"),
    ("brand", "editing"),
    ("brand-dark", "tint"),
    ("ochre", "paper"),
    ("ochre", "ochre-tint"),
    ("ochre", "editing"),
    ("red", "paper"),
    ("red", "red-tint"),
    ("red", "red-ground"),
    ("paper", "red"),
    ("green", "paper"),
    ("green", "green-tint"),
    ("ink", "focus"),
]
SHAPES_ON = [("brand", "track"), ("line", "paper"), ("border", "paper"), ("ink-2", "track"), ("focus", "ink")]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast between two colours, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_what_everybody_measures():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_palette_replaces_exactly_the_eight():
    assert len(THEMES) >= 3
    assert set(HOUSE) >= EIGHT
    for name in THEMES:
        assert set(colours_of(f'[data-theme="{name}"]')) == EIGHT, name


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize(("front", "back"), TEXT_ON)
def test_text_can_be_read(name, front, back):
    palette = PALETTES[name]
    assert contrast(palette[front], palette[back]) >= 4.5


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize(("front", "back"), SHAPES_ON)
def test_shapes_can_be_seen(name, front, back):
    palette = PALETTES[name]
    assert contrast(palette[front], palette[back]) >= 3


def test_municipalities_do_not_look_alike():
    assert len({palette["brand"] for palette in PALETTES.values()}) == len(PALETTES)
