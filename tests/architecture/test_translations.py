"""Every word on a page can be translated, and where a catalogue exists it is complete and compiled."""

import ast
import gettext
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOMES = [ROOT / "platform/src", ROOT / "services", ROOT / "infra"]
TEMPLATES = sorted(
    place
    for home in HOMES
    for place in home.rglob("templates/**/*.html")
    # Shown when everything may be broken, translations included.
    if place.name != "broken.html"
)
CATALOGUES = sorted(place for home in HOMES for place in home.rglob("locale/en/LC_MESSAGES/django.po"))
IN_TAGS = re.compile(
    r"{% *blocktrans(?:late)?\b.*?%}.*?{% *endblocktrans(?:late)? *%}"
    r"|{% *comment.*?endcomment *%}|{#.*?#}|{%.*?%}|{{.*?}}",
    re.DOTALL,
)
SPOKEN = ("title", "aria-label", "placeholder", "alt", "data-label", "data-figure-label", "label")
SAME_EVERYWHERE = re.compile(r"\b(EN: in English|NL: in het Nederlands|Vierspan|CSV|XLSX|JSON|API|NL|EN|BRIN)\b|€")
MARKUP = re.compile(r"(vs|data|hx)-[\w-]+")
WORD = re.compile(r"[^\W\d_]{2,}")
TRANSLATE = re.compile(r"""{% *trans(?:late)? +(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')""")
BLOCK = re.compile(r"{% *blocktrans(?:late)?\b(.*?)%}(.*?){% *endblocktrans(?:late)? *%}", re.DOTALL)
FUNCTIONS = {"_", "gettext", "gettext_lazy", "gettext_noop"}


class Words(HTMLParser):
    """Collects what a reader would see or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def take(self, text: str) -> None:
        """Keep what is words and not a name that is the same in every language."""
        if WORD.search(MARKUP.sub("", SAME_EVERYWHERE.sub("", text))):
            self.found.append(text.strip())

    def handle_data(self, data: str) -> None:
        self.take(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in SPOKEN:
                self.take(value or "")


def words_outside_tags(template: str) -> list[str]:
    """The words of a template that no translation can reach."""
    words = Words()
    words.feed(IN_TAGS.sub(" ", template))
    return words.found


def texts_of(package: Path) -> Iterator[str]:
    """The texts that a package gives to translation, without plurals."""
    for place in package.rglob("*.html"):
        source = place.read_text(encoding="utf-8")
        for double, single in TRANSLATE.findall(source):
            yield (double or single).replace('\\"', '"').replace("\\'", "'")
        for options, body in BLOCK.findall(source):
            text = re.sub(r"{{ *(\w+) *}}", r"%(\1)s", body.split("{% plural %}")[0].replace("%", "%%"))
            yield re.sub(r"\s*\n\s*", " ", text.strip()) if "trimmed" in options else text
    for place in package.rglob("*.py"):
        for call in ast.walk(ast.parse(place.read_text(encoding="utf-8"))):
            match call:
                case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(text)), *_]) if name in FUNCTIONS:
                    yield text


def package_of(catalogue: Path) -> Path:
    """The package whose texts a catalogue translates."""
    return catalogue.parents[3]


def in_project(place: Path) -> str:
    """A name for a test."""
    return place.relative_to(ROOT).as_posix()


@pytest.mark.parametrize(
    "template",
    ["<p>Tekst</p>", '<a title="Naar boven">x</a>', "<p>{% if a %}ja{% endif %}</p>", "<p>{{ a }} van {{ b }}</p>"],
)
def test_the_search_finds_what_nobody_can_translate(template):
    assert words_outside_tags(template)


@pytest.mark.parametrize(
    "template",
    [
        '{% translate "Tekst" %}',
        "{% blocktranslate %}Een {{ b }}{% endblocktranslate %}",
        "{# uitleg #}{% block width %} vs-main--wide{% endblock %}",
        "<b>€ {{ a }}</b> CSV",
    ],
)
def test_the_search_leaves_the_rest_alone(template):
    assert words_outside_tags(template) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=in_project)
def test_every_word_of_a_template_can_be_translated(template):
    assert words_outside_tags(template.read_text(encoding="utf-8")) == []


def test_every_part_speaks_english():
    assert {
        "platform/src/coordination/identity",
        "platform/src/coordination/web/mending",
        "platform/src/coordination/web/shell",
        "services/intake/src/intake",
        "services/matching/src/matching",
        "services/reporting/src/reporting",
    } == {in_project(package_of(one)) for one in CATALOGUES}


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=in_project)
def test_a_catalogue_is_complete_and_compiled(catalogue):
    with catalogue.with_suffix(".mo").open("rb") as compiled:
        known = gettext.GNUTranslations(compiled)._catalog
    missing = {text for text in texts_of(package_of(catalogue)) if not (known.get(text) or known.get((text, 0)))}
    assert sorted(missing) == [], "make messages gathers them; then write the English and run it again"


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=in_project)
def test_a_translation_keeps_what_is_filled_in(catalogue):
    with catalogue.with_suffix(".mo").open("rb") as compiled:
        known = gettext.GNUTranslations(compiled)._catalog
    holes = re.compile(r"%\(\w+\)s|{\w+}")
    for text, english in known.items():
        if isinstance(text, str) and text:
            assert sorted(set(holes.findall(text))) == sorted(set(holes.findall(english))), text
