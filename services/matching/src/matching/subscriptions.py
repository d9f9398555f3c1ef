"""What matching hears: one table of news and the projections that take it."""

from coordination.contracts import intake
from coordination.events.subscription import Subscriptions, hears
from matching.projections.activities import activity_changed, activity_registered, activity_withdrawn, progress_reported
from matching.projections.basis import catalogue_defined, municipality_registered, programme_defined
from matching.projections.namings import activity_ended, names_heard
from matching.projections.register import organisation_proposed

SUBSCRIPTIONS = Subscriptions(
    service="matching",
    table=(
        hears(intake.MunicipalityRegistered, municipality_registered),
        hears(intake.ProgrammeDefined, programme_defined),
        hears(intake.CatalogueDefined, catalogue_defined),
        hears(intake.OrganisationProposed, organisation_proposed),
        hears(intake.ActivityRegistered, activity_registered, names_heard),
        hears(intake.ActivityChanged, activity_changed, names_heard),
        hears(intake.ProgressReported, progress_reported),
        hears(intake.ActivityWithdrawn, activity_withdrawn, activity_ended),
    ),
    projections=("Municipality", "Programme", "ProgrammePeriod", "Catalogue", "Activity"),
)
