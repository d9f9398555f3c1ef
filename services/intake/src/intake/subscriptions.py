"""What intake hears: the register and participations of matching, and the signals of reporting."""

from coordination.contracts import matching, reporting
from coordination.events.subscription import Subscriptions, hears
from intake.projections.organisations import partner_registered, school_registered
from intake.projections.participations import participation_changed, partner_role_changed, places_set
from intake.projections.signals import signal_cleared, signal_raised

SUBSCRIPTIONS = Subscriptions(
    service="intake",
    portion=500,
    table=(
        hears(matching.SchoolRegistered, school_registered),
        hears(matching.PartnerRegistered, partner_registered),
        hears(matching.ParticipationChanged, participation_changed),
        hears(matching.PartnerRoleChanged, partner_role_changed),
        hears(matching.PlacesSet, places_set),
        hears(reporting.SignalRaised, signal_raised),
        hears(reporting.SignalCleared, signal_cleared),
    ),
    projections=(
        "School",
        "Partner",
        "Participation",
        "PartnerRole",
        "Offer",
        "Signal",
    ),
)
