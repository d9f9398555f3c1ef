"""How counts of people are shown: small ones are hidden outside the own organisation, where they may name somebody."""

LEAST_SHOWN = 5


def count_in_words(count: int | None, *, own: bool) -> str:
    """A count for a page: the number, the word onbekend, or for others than the own organisation fewer than five."""
    if count is None:
        return "onbekend"
    if not own and 0 < count < LEAST_SHOWN:
        return f"minder dan {LEAST_SHOWN}"
    return str(count)
