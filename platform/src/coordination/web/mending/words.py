"""What is said of messages on these pages, for somebody who runs a house and wrote none of it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from coordination.contracts import catalogue

CAUSES = {
    "fault": _("Het verwerken ging mis"),
    "hole": _("Een eerder bericht is er nog niet"),
    "behind": _("Wacht op een eerder bericht"),
    "unreadable": _("Niet te lezen"),
    "unknown": _("Soort bericht onbekend"),
}
EXPLANATIONS = {
    "fault": _(
        "Bij het verwerken ging iets mis, in de software of omdat gegevens niet bij elkaar passen. Is de oorzaak "
        "verholpen, probeer het dan opnieuw. Latere berichten over hetzelfde onderwerp wachten hierop."
    ),
    "hole": _(
        "Een eerder bericht over hetzelfde onderwerp kwam nog niet aan. Komt het alsnog, dan gaat dit bericht vanzelf "
        "verder. Blijft het weg, kijk dan bij de dienst die het verstuurt."
    ),
    "behind": _(
        "Een eerder bericht over hetzelfde onderwerp zit vast. Is dat verwerkt of vervallen, dan volgt dit vanzelf."
    ),
    "unreadable": _(
        "Dit is geen bericht zoals afgesproken. Het kan niet verwerkt worden. Kwam het van een ander systeem, vraag "
        "daar om een goed bericht en laat dit vervallen."
    ),
    "unknown": _(
        "Deze versie van de software kent dit soort bericht niet. Werk de software van deze dienst bij en probeer het "
        "dan opnieuw."
    ),
}
OUTCOMES = {
    "running": _("bezig"),
    "done": _("klaar"),
    "failed": _("mislukt; alles is gebleven zoals het was"),
    "broken_off": _("afgebroken; alles is gebleven zoals het was"),
}


def kind_of(type_: str) -> str:
    """The name of a type of message as the documentation calls it; the type itself when it is not ours."""
    entry = catalogue.BY_TYPE.get(type_)
    return entry.name if entry else type_


def flat(value: Any, name: str = "") -> list[tuple[str, str | None]]:
    """The fields of a message one by one, as path and text; None is a field that says unknown, empty text nothing."""
    if isinstance(value, dict) and value:
        return [row for key, one in value.items() for row in flat(one, f"{name}.{key}" if name else str(key))]
    if isinstance(value, list) and value:
        return [row for number, one in enumerate(value, 1) for row in flat(one, f"{name} {number}")]
    if isinstance(value, dict | list):
        return [(name, "")]
    return [(name, None if value is None else str(value))]
