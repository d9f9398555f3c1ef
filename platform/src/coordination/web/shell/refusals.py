"""How a refusal of a command goes back into the form it came from."""

import re
from collections.abc import Mapping

from django import forms

from coordination.contracts.refusals import Invalid, Refusal

_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def tell(form: forms.Form, refusal: Refusal, names: Mapping[str, str] | None = None) -> None:
    """Put a refusal beside the fields it is about; what is about no field comes above the form.

    The field totalCents of a problem is the form's total_cents or total; names says otherwise where they differ.
    """
    if not isinstance(refusal, Invalid):
        form.add_error(None, refusal.message)
        return
    for one in refusal.problems:
        form.add_error(_field_of(form, one.field, names or {}), one.message)


def _field_of(form: forms.Form, name: str, names: Mapping[str, str]) -> str | None:
    plain = _CAPITAL.sub("_", name).lower()
    wanted = (names.get(name), name, plain, plain.removesuffix("_cents"))
    return next((one for one in wanted if one and one in form.fields), None)
