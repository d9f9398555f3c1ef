"""What every page has to be: one heading, labelled fields, unique ids, nothing inline and no link without words."""

from html.parser import HTMLParser
from typing import Any

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
FIELDS = frozenset({"input", "select", "textarea"})
UNSEEN_FIELDS = frozenset({"hidden", "submit", "button", "image", "reset"})
NAMING = ("aria-label", "aria-labelledby", "title")


class _Element:
    def __init__(self, tag: str, attributes: dict[str, str], parent: "_Element | None") -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.children: list[_Element] = []
        self.words: list[str] = []

    def text(self) -> str:
        """Every word inside, also those of images and drawings that have a name."""
        own = [*self.words, self.attributes.get("alt", "")]
        if self.tag == "svg" and self.attributes.get("aria-hidden") != "true":
            own.append(self.attributes.get("aria-label", ""))
        return " ".join([*own, *(child.text() for child in self.children)]).strip()

    def inside(self, tag: str) -> bool:
        """Whether an element with this tag is around it."""
        return self.parent is not None and (self.parent.tag == tag or self.parent.inside(tag))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = _Element("", {}, None)
        self.here = self.root
        self.all: list[_Element] = []
        self.unclosed: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = _Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(element)
        self.all.append(element)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self.here.tag != tag:
            self.unclosed.append(f"<{self.here.tag}> is open where </{tag}> stands")
            if not self.here.inside(tag):
                return
            while self.here.parent is not None and self.here.tag != tag:
                self.here = self.here.parent
        if self.here.parent is not None:
            self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.here.words.append(data.strip())


def faults_of(html: str, *, whole: bool = True) -> list[str]:
    """Everything that is wrong with a page, in words; a fragment (whole=False) needs no title, language or heading."""
    reader = _Reader()
    reader.feed(html)
    faults = list(reader.unclosed)
    if whole:
        faults += _layout(reader.all)
    faults += _ids(reader.all)
    labelled = {one.attributes.get("for", "") for one in reader.all if one.tag == "label" and one.text()} - {""}
    for element in reader.all:
        faults += _inline(element)
        faults += _names(element, labelled)
    return faults


def assert_good_page(page: Any, *, whole: bool = True) -> None:
    """Fail with all faults of a page: a response of the test client, or its HTML."""
    html = page if isinstance(page, str) else page.content.decode()
    faults = faults_of(html, whole=whole)
    assert not faults, "\n".join(faults)


def assert_good_fragment(page: Any) -> None:
    """The same for a part of a page, as htmx and live pages fetch it."""
    assert_good_page(page, whole=False)


def _layout(elements: list[_Element]) -> list[str]:
    faults = []
    by_tag: dict[str, list[_Element]] = {}
    for element in elements:
        by_tag.setdefault(element.tag, []).append(element)
    if not any(one.attributes.get("lang") for one in by_tag.get("html", [])):
        faults.append("<html> has no lang")
    titles = [one for one in by_tag.get("title", []) if not one.inside("svg")]
    if not titles or titles[0].text().strip(" ·") in ("", "Vierspan", "Vierspan · Vierspan"):
        faults.append("the page has no title of its own")
    headings = by_tag.get("h1", [])
    if len(headings) != 1:
        faults.append(f"there are {len(headings)} h1, there must be one")
    faults += [f"<{one.tag}> is empty" for n in range(1, 7) for one in by_tag.get(f"h{n}", []) if not one.text()]
    if len(by_tag.get("main", [])) != 1:
        faults.append("there is not exactly one <main>")
    faults += _levels([one for one in elements if one.tag in ("h1", "h2", "h3", "h4", "h5", "h6")])
    return faults


def _levels(headings: list[_Element]) -> list[str]:
    faults, last = [], 0
    for heading in headings:
        level = int(heading.tag[1])
        if last and level > last + 1:
            faults.append(f"<{heading.tag}> {heading.text()!r} skips a level after <h{last}>")
        last = level
    return faults


def _ids(elements: list[_Element]) -> list[str]:
    faults, seen = [], set()
    for element in elements:
        name = element.attributes.get("id")
        if name is None:
            continue
        if not name or name in seen:
            faults.append(f"id {name!r} is empty or stands twice")
        seen.add(name)
    for element in elements:
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for name in element.attributes.get(attribute, "").split():
                if name not in seen:
                    faults.append(f"<{element.tag}> {attribute} points at {name!r}, which is not there")
    return faults


def _inline(element: _Element) -> list[str]:
    faults = []
    if "style" in element.attributes or element.tag == "style":
        faults.append(f"<{element.tag}> has an inline style")
    if (
        element.tag == "script"
        and not element.attributes.get("src")
        and "json" not in element.attributes.get("type", "")
    ):
        faults.append("there is an inline script")
    faults += [f"<{element.tag}> has {name}" for name in element.attributes if name.startswith(("on", "hx-on"))]
    for name in ("href", "src", "action"):
        elsewhere = ("javascript:",) if name == "href" else ("javascript:", "http:", "https:", "//")
        if element.attributes.get(name, "").lower().startswith(elsewhere):
            faults.append(f"<{element.tag}> {name} goes to {element.attributes[name]!r}")
    return faults


def _names(element: _Element, labelled: set[str]) -> list[str]:
    kind, attributes, faults = element.attributes.get("type", ""), element.attributes, []
    named = any(attributes.get(name) for name in NAMING)
    seen = element.tag in FIELDS and kind not in UNSEEN_FIELDS and "hidden" not in attributes
    if seen and not named and not element.inside("label") and attributes.get("id") not in labelled:
        faults.append(f"<{element.tag} name={attributes.get('name', '')!r}> has no label")
    if element.tag in ("a", "button", "summary") and not named and not element.text():
        faults.append(f"<{element.tag}> {attributes.get('href', '')} has no words")
    if element.tag == "a" and attributes.get("href") == "":
        faults.append(f"<a> {element.text()!r} goes nowhere")
    if element.tag == "img" and "alt" not in attributes:
        faults.append("<img> has no alt")
    if element.tag == "svg" and attributes.get("role") == "img" and not named:
        faults.append("<svg role=img> has no name")
    if element.tag == "th" and not element.text():
        faults.append("<th> is empty")
    if element.tag == "form" and attributes.get("method", "").lower() == "post" and not _has_token(element):
        faults.append(f"<form action={attributes.get('action', '')!r}> has no token against forgery")
    return faults


def _has_token(form: _Element) -> bool:
    return any(child.attributes.get("name") == "csrfmiddlewaretoken" or _has_token(child) for child in form.children)
