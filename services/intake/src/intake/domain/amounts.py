"""Which amounts intake takes: whole euro cents of a size that can be meant."""

from coordination.contracts.money import amount_in_sentence
from coordination.contracts.refusals import Problem

MOST_CENTS = 10**13


def amount_problems(field: str, cents: object, *, least: int | None = None, known: bool = True) -> list[Problem]:
    """What is wrong with an amount in cents; known says whether it may not be left open (null)."""
    if cents is None:
        return [Problem(field=field, code="required", message="Vul een bedrag in.")] if known else []
    if isinstance(cents, bool) or not isinstance(cents, int):
        return [Problem(field=field, code="amount-invalid", message="Vul het bedrag in hele eurocenten in.")]
    if abs(cents) > MOST_CENTS:
        message = f"Dit bedrag is te groot. Het mag hoogstens {amount_in_sentence(MOST_CENTS)} zijn."
        return [Problem(field=field, code="amount-too-large", message=message)]
    if least is not None and cents < least:
        if least > 0 and cents == 0:
            message = "Het bedrag mag geen 0 zijn. Vul een bedrag boven 0 in."
            return [Problem(field=field, code="amount-zero", message=message)]
        message = "Een bedrag kan niet negatief zijn. Vul een bedrag van 0 of meer in."
        return [Problem(field=field, code="amount-negative", message=message)]
    return []
