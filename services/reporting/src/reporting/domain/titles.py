"""A title short enough for the head of a narrow column, made by leaving words out at the end."""

LONGEST = 28
LINKING = frozenset(
    [
        "aan",
        "bij",
        "de",
        "en",
        "het",
        "in",
        "met",
        "na",
        "naar",
        "om",
        "onder",
        "op",
        "over",
        "plus",
        "rond",
        "samen",
        "te",
        "tot",
        "tussen",
        "uit",
        "van",
        "voor",
        "een",
    ]
)


def short_title(title: str, longest: int = LONGEST) -> str:
    """The title up to a colon, without the words at the end that do not fit, and never ending in a linking word."""
    words = title.split(":", maxsplit=1)[0].split()
    while len(words) > 1 and (len(" ".join(words)) > longest or words[-1].casefold().strip(",") in LINKING):
        words.pop()
    text = " ".join(words).rstrip(",;")
    return text if len(text) <= longest else text[: longest - 1] + "…"
