"""School types, the sectors they belong to, and how both are said in a Dutch sentence."""

from collections.abc import Iterable, Sequence

SECTORS_OF_TYPE: dict[str, tuple[str, ...]] = {
    "basisschool": ("po",),
    "sbo": ("po",),
    "so": ("so",),
    "vso": ("vso",),
    "vmbo": ("vo",),
    "mavo": ("vo",),
    "havo": ("vo",),
    "vwo": ("vo",),
    "praktijkonderwijs": ("pro", "vo"),
    "mbo": ("mbo",),
    "voorschool": ("vve",),
}
SCHOOL_TYPES = tuple(SECTORS_OF_TYPE)

TYPE_IN_SENTENCE = {
    "basisschool": "basisonderwijs",
    "sbo": "speciaal basisonderwijs",
    "so": "speciaal onderwijs",
    "vso": "voortgezet speciaal onderwijs",
    "praktijkonderwijs": "praktijkonderwijs",
    "voorschool": "voorschoolse educatie",
}

SECTOR_IN_SENTENCE = {
    "vve": "de voorschoolse educatie",
    "po": "het basisonderwijs",
    "so": "het speciaal onderwijs",
    "vso": "het voortgezet speciaal onderwijs",
    "pro": "het praktijkonderwijs",
    "vo": "het voortgezet onderwijs",
    "mbo": "het middelbaar beroepsonderwijs",
}


def sectors_of(school_types: Iterable[str]) -> frozenset[str]:
    """The sectors a school belongs to by its types; a type that is not known here belongs to none."""
    return frozenset(sector for one in school_types for sector in SECTORS_OF_TYPE.get(one, ()))


def in_a_row(words: Sequence[str], link: str = "en") -> str:
    """Words as a Dutch enumeration: a, b en c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {link} {words[-1]}"


def types_in_sentence(school_types: Iterable[str]) -> str:
    """School types as words: speciaal onderwijs en voortgezet speciaal onderwijs."""
    return in_a_row([TYPE_IN_SENTENCE.get(one, one) for one in school_types])


def sectors_in_sentence(sectors: Iterable[str]) -> str:
    """Sectors with their article: het basisonderwijs en het voortgezet onderwijs."""
    order = list(SECTOR_IN_SENTENCE)
    known = sorted(sectors, key=lambda one: order.index(one) if one in order else len(order))
    return in_a_row([SECTOR_IN_SENTENCE.get(one, one) for one in known])
