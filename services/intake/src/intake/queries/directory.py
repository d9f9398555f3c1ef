"""The organisations of this house, for whoever gives people a role in one of them."""

from coordination.identity.organisations import Organisation
from intake.models import Municipality, Partner, School


def organisations() -> list[Organisation]:
    """The municipalities, and the schools and partners of intake's copy of the register, each kind by name."""
    names = dict(Municipality.objects.values_list("code", "name"))
    return [
        *[
            Organisation(kind="municipality", key=code, name=name)
            for code, name in sorted(names.items(), key=lambda pair: pair[1].casefold())
        ],
        *[
            Organisation(kind="school", key=str(one.id), name=one.name, place=names.get(one.municipality, ""))
            for one in School.objects.order_by("name", "id")
        ],
        *[
            Organisation(kind="partner", key=str(one.id), name=one.name, place=_places(one.municipalities, names))
            for one in Partner.objects.filter(registered=True).order_by("name", "id")
        ],
    ]


def theme_of(kind: str, key: str) -> str:
    """The palette of an organisation: of its municipality, or of the only one a partner works for; else none."""
    codes = [key] if kind == "municipality" else []
    if kind == "school":
        codes = list(School.objects.filter(pk=key).values_list("municipality", flat=True))
    elif kind == "partner":
        codes = next(iter(Partner.objects.filter(pk=key).values_list("municipalities", flat=True)), [])
    themes = Municipality.objects.filter(code__in=codes).values_list("theme", flat=True)
    return themes[0] if len(codes) == 1 and len(themes) == 1 else ""


def _places(codes: list[str], names: dict[str, str]) -> str:
    return ", ".join(sorted(names[code] for code in codes if code in names))
