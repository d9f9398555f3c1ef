"""What matching knows of the organisation of whoever looks: the palette of its municipality."""

from matching.models import Municipality, Partner, School


def theme_of(kind: str, key: str) -> str:
    """The palette of an organisation: of its municipality, or of the only one a partner works for; else none."""
    codes = [key] if kind == "municipality" else []
    if kind == "school":
        codes = list(School.objects.filter(pk=key).values_list("municipality", flat=True))
    elif kind == "partner":
        codes = next(iter(Partner.objects.filter(pk=key).values_list("municipalities", flat=True)), [])
    themes = Municipality.objects.filter(code__in=codes).values_list("theme", flat=True)
    return themes[0] if len(codes) == 1 and len(themes) == 1 else ""
