"""The forms of matching's pages; they read what was typed, commands judge it."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.domain.participations import LONGEST_NOTE, MOST_PLACES, MOST_PUPILS
from matching.domain.reasons import DECLINE_REASONS, ROLE_DECLINE_REASONS, WITHDRAW_REASONS
from matching.domain.register import PARTNER_TYPES
from matching.domain.school_types import SCHOOL_TYPES

_WHOLE = _("Vul een heel getal in, zonder punt of komma.")
_CHOOSE = _("Kies een reden")
_NO_REASON = {"required": _("Kies een reden uit de lijst."), "invalid_choice": _("Kies een reden uit de lijst.")}
_CHOOSE_TOWN = _("Kies een gemeente uit de lijst.")
_SHORT = forms.TextInput(attrs={"autocomplete": "off", "size": "8"})
Pairs = list[tuple[str, str]]


def _to_choose(municipalities: Pairs) -> Pairs:
    """With several municipalities none is chosen beforehand, so that nothing lands in the wrong one."""
    return municipalities if len(municipalities) < 2 else [("", _("Kies een gemeente")), *municipalities]


class PupilsForm(forms.Form):
    """How many pupils a school wants to let join, and a question or remark."""

    pupils = forms.IntegerField(
        label=_("Aantal leerlingen"),
        help_text=_("Een schatting is genoeg. Vul geen namen in."),
        min_value=1,
        max_value=MOST_PUPILS,
        error_messages={
            "required": _("Vul het aantal leerlingen in."),
            "invalid": _WHOLE,
            "min_value": _("Vul 1 of meer leerlingen in."),
            "max_value": _("Dit aantal is te groot. Vul hoogstens 5.000 leerlingen in."),
        },
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    note = forms.CharField(
        label=_("Vraag of opmerking"),
        help_text=_("De gemeente en de partner lezen dit."),
        required=False,
        max_length=LONGEST_NOTE,
        error_messages={"max_length": _("Uw opmerking is te lang. Gebruik hoogstens 500 tekens.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class NeedsForm(forms.Form):
    """The target groups a school needs something for, and the version of the list that was read."""

    target_groups = forms.MultipleChoiceField(
        label=_("Voor welke leerlingen zoekt u iets?"),
        help_text=_("Vink aan wat nu speelt. U kunt dit altijd wijzigen."),
        required=False,
        error_messages={"invalid_choice": _("Kies doelgroepen uit de lijst.")},
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *arguments, choices: dict[str, str], **named) -> None:
        super().__init__(*arguments, **named)
        self.fields["target_groups"].choices = list(choices.items())


class ConfirmForm(forms.Form):
    """The number of pupils of a participation that the municipality recorded."""

    pupils = forms.IntegerField(
        label=_("Aantal leerlingen"),
        required=False,
        min_value=1,
        max_value=MOST_PUPILS,
        error_messages=PupilsForm.base_fields["pupils"].error_messages,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class WithdrawForm(forms.Form):
    """Why a school stops; may be left open."""

    reason = forms.ChoiceField(
        label=_("Waarom stopt u?"),
        required=False,
        choices=[("", _CHOOSE), *WITHDRAW_REASONS.items()],
        error_messages=_NO_REASON,
    )


class DecisionForm(forms.Form):
    """What the officer decides about a request."""

    decision = forms.ChoiceField(choices=[(one, one) for one in ("accept", "decline", "wait")])
    reason = forms.ChoiceField(
        label=_("Reden van afwijzen"), choices=[("", _CHOOSE), *DECLINE_REASONS.items()], error_messages=_NO_REASON
    )
    use_required_attribute = False

    def __init__(self, *arguments, **named) -> None:
        super().__init__(*arguments, **named)
        self.fields["reason"].required = self.data.get("decision", "decline") == "decline"


class PlacesForm(forms.Form):
    """How many pupils an activity has place for; empty is no limit."""

    places = forms.IntegerField(
        label=_("Plekken voor leerlingen"),
        help_text=_("Leeg is: geen maximum."),
        required=False,
        min_value=0,
        max_value=MOST_PLACES,
        error_messages={
            "invalid": _WHOLE,
            "min_value": _("Vul 0 of meer plekken in."),
            "max_value": _("Dit aantal is te groot. Vul hoogstens 100.000 plekken in."),
        },
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class RecordForm(forms.Form):
    """A school the officer records as taking part; schools are (group, [(id, name)]) pairs."""

    school = forms.TypedChoiceField(
        label=_("School"),
        coerce=UUID,
        error_messages={"required": _("Kies een school."), "invalid_choice": _("Kies een school uit de lijst.")},
    )
    pupils = forms.IntegerField(
        label=_("Aantal leerlingen"),
        help_text=_("Leeg is: onbekend."),
        required=False,
        min_value=1,
        max_value=MOST_PUPILS,
        error_messages=PupilsForm.base_fields["pupils"].error_messages,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *arguments, schools: list, **named) -> None:
        super().__init__(*arguments, **named)
        self.fields["school"].choices = [("", _("Kies een school")), *schools]


class RoleDecisionForm(forms.Form):
    """What a partner says about its role."""

    decision = forms.ChoiceField(choices=[("confirm", "confirm"), ("decline", "decline")])
    reason = forms.ChoiceField(
        label=_("Reden"), choices=[("", _CHOOSE), *ROLE_DECLINE_REASONS.items()], error_messages=_NO_REASON
    )
    use_required_attribute = False

    def __init__(self, *arguments, **named) -> None:
        super().__init__(*arguments, **named)
        self.fields["reason"].required = self.data.get("decision", "decline") == "decline"


class PastedSchoolsForm(forms.Form):
    """A pasted list of schools; municipalities are (code, name) pairs."""

    municipality = forms.ChoiceField(
        label=_("Gemeente"), error_messages={"invalid_choice": _CHOOSE_TOWN, "required": _CHOOSE_TOWN}
    )
    list = forms.CharField(
        label=_("Lijst met scholen"),
        help_text=_(
            "Een regel per school: BRIN; naam; schooltypen. Bijvoorbeeld: 94AA; De Meent; basisschool. "
            "Plakken uit een werkblad kan ook."
        ),
        max_length=500_000,
        error_messages={
            "required": _("Plak minstens één regel."),
            "max_length": _("De lijst is te lang. Plak hoogstens 1.000 regels per keer."),
        },
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )

    def __init__(self, *arguments, municipalities: Pairs, **named) -> None:
        super().__init__(*arguments, **named)
        self.fields["municipality"].choices = _to_choose(municipalities)


class PartnerForm(forms.Form):
    """A partner for the register; municipalities are (code, name) pairs."""

    municipality = forms.ChoiceField(
        label=_("Gemeente"), error_messages={"invalid_choice": _CHOOSE_TOWN, "required": _CHOOSE_TOWN}
    )
    name = forms.CharField(
        label=_("Naam van de partner"),
        max_length=200,
        error_messages={
            "required": _("Vul de naam in."),
            "max_length": _("Vul een naam in van hoogstens 200 tekens."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    partner_type = forms.ChoiceField(
        label=_("Soort partner"), required=False, choices=[("", _("Nog niet bekend")), *PARTNER_TYPES.items()]
    )

    def __init__(self, *arguments, municipalities: Pairs, **named) -> None:
        super().__init__(*arguments, **named)
        self.fields["municipality"].choices = _to_choose(municipalities)


class ProposalForm(forms.Form):
    """What a proposed school is, or that it is no school of the register."""

    decision = forms.ChoiceField(choices=[("register", "register"), ("dismiss", "dismiss")])
    code = forms.CharField(label=_("BRIN"), required=False, max_length=20, widget=_SHORT)
    name = forms.CharField(label=_("Naam"), required=False, max_length=1000)
    school_types = forms.MultipleChoiceField(
        label=_("Schooltypen"),
        required=False,
        choices=[(one, one) for one in SCHOOL_TYPES],
        error_messages={"invalid_choice": _("Kies schooltypen uit de lijst.")},
        widget=forms.CheckboxSelectMultiple,
    )
