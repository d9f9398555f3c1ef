"""What reporting knows of the organisation of whoever looks: the palette of a municipality."""

from reporting.models import Municipality


def theme_of(kind: str, key: str) -> str:
    """The palette of a municipality; none for who comes from elsewhere, until a page of one municipality is shown."""
    if kind != "municipality":
        return ""
    return Municipality.objects.filter(code=key).values_list("theme", flat=True).first() or ""
