"""The fixed lists of reasons: why a school is declined or stops, why a partner says no. Codes travel, labels do not."""

DECLINE_REASONS = {
    "no_places": "Er is geen plek meer.",
    "not_target_group": "De activiteit is voor andere leerlingen bedoeld.",
    "not_school_type": "De activiteit is voor een ander schooltype.",
    "budget_exhausted": "Het budget is op.",
    "staff_shortage": "De partner heeft te weinig mensen.",
    "ends_soon": "De activiteit stopt binnenkort.",
    "overlap": "Uw school krijgt al iets vergelijkbaars.",
}

STILL_POSSIBLE = {
    "no_places": "U kunt opnieuw vragen als er weer plek is.",
    "not_target_group": "Noem uw behoefte. De gemeente ziet dan wat scholen vragen.",
    "not_school_type": "Kijk welke andere activiteiten bij uw school passen.",
    "budget_exhausted": "Noem uw behoefte. De gemeente weegt die mee bij nieuw geld.",
    "staff_shortage": "U kunt later opnieuw vragen.",
    "ends_soon": "Kijk welke activiteiten langer doorlopen.",
    "overlap": "Overleg met de gemeente als u toch iets anders nodig hebt.",
}

WITHDRAW_REASONS = {
    "changed_need": "Onze behoefte is veranderd.",
    "low_priority": "We hebben nu andere prioriteiten.",
    "staff_shortage": "We hebben te weinig mensen of tijd.",
    "other_offer": "We doen al iets anders.",
    "recorded_wrongly": "We doen niet mee; dit is verkeerd vastgelegd.",
}

HOUSE_REASONS = {
    "no_longer_named": "De gemeente noemt deze school niet meer bij de activiteit.",
    "activity_withdrawn": "De gemeente heeft de activiteit ingetrokken.",
}

ROLE_DECLINE_REASONS = {
    "no_capacity": "We hebben te weinig mensen of uren.",
    "temporary_money": "Het geld is te tijdelijk voor ons.",
    "not_our_work": "Dit is niet ons werk.",
    "wrongly_named": "We zijn hier niet bij betrokken.",
    "terms_not_agreed": "We zijn het niet eens over de voorwaarden.",
}

ALL = {**HOUSE_REASONS, **WITHDRAW_REASONS, **DECLINE_REASONS, **ROLE_DECLINE_REASONS}


def reason_in_words(code: str | None) -> str:
    """The Dutch sentence of a reason code; the code itself when it is of a newer list, empty for none."""
    return ALL.get(code, code) if code else ""
