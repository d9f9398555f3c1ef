"""What a journey looks at on a page: amounts as cents, faults an accessibility checker finds, and dead links."""

import re
from pathlib import Path

import coordination.web.shell

AXE = Path(coordination.web.shell.__file__).parent / "static" / "vendor" / "axe.min.js"
AMOUNT = re.compile(r"−?-?\s?[\d.]+,\d{2}")


def cents(text: str) -> int | None:
    """The cents of the first amount in a text, or None where none stands: onbekend is no amount."""
    found = AMOUNT.search(text.replace("\xa0", " "))
    if found is None:
        return None
    digits = int(re.sub(r"\D", "", found[0]))
    return -digits if found[0][0] in "−-" else digits


def figure(page, name: str) -> int | None:
    """The cents of the first live figure of this name on the page."""
    return cents(page.locator(f"[data-figure='{name}']").first.inner_text())


def axe_faults(page) -> list[str]:
    """What axe finds wrong on the page, at the levels WCAG 2.1 A and AA and best practices."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    answer = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [
        f"{one['id']}: {one['help']} at {node['target']} {node['html'][:160]}"
        for one in answer
        for node in one["nodes"]
    ]


def row_of(page, number: str):
    """The row of the officer's grid that holds an activity number."""
    return page.locator("tbody[id^='rij-']").filter(has_text=number).first


def choose(select, text: str) -> None:
    """Choose the one option of a list that holds a text."""
    option = select.locator("option").filter(has_text=text)
    select.select_option(value=option.first.get_attribute("value"))
