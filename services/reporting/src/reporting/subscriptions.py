"""What reporting hears: everything for its journal, and one table of news with the projections that take it."""

from coordination.contracts import intake, matching
from coordination.events.subscription import Subscriptions, hears
from reporting.commands.signals import look_for_signals
from reporting.projections import activities, basis, journal, organisations, participations

SUBSCRIPTIONS = Subscriptions(
    service="reporting",
    every_topic=True,
    # It keeps every message, and most of what that costs is the same for a portion of any size.
    portion=1000,
    every_message=(journal.written_down,),
    table=(
        hears(intake.MunicipalityRegistered, basis.municipality_registered),
        hears(intake.ProgrammeDefined, basis.programme_defined),
        hears(intake.CatalogueDefined, basis.catalogue_defined),
        hears(intake.AllocationGranted, basis.allocation_granted),
        hears(intake.ActivityRegistered, activities.activity_registered),
        hears(intake.ActivityChanged, activities.activity_changed),
        hears(intake.ActivityPhased, activities.activity_phased),
        hears(intake.EntryRecorded, activities.entry_recorded),
        hears(intake.SpendingDivided, activities.spending_divided),
        hears(intake.BudgetTransferred, activities.budget_transferred),
        hears(intake.ProgressReported, activities.progress_reported),
        hears(intake.ActivityWithdrawn, activities.activity_withdrawn),
        hears(matching.SchoolRegistered, organisations.school_registered),
        hears(matching.PartnerRegistered, organisations.partner_registered),
        hears(matching.ParticipationChanged, participations.participation_changed),
        hears(matching.PartnerRoleChanged, participations.partner_role_changed),
        hears(matching.PlacesSet, participations.places_set),
    ),
    due=(look_for_signals,),
    projections=(
        "JournalEntry",
        "Municipality",
        "ProgrammePeriod",
        "Programme",
        "Catalogue",
        "Allocation",
        "Activity",
        "Line",
        "Indicator",
        "Reach",
        "School",
        "Partner",
        "Participation",
        "PartnerRole",
        "Change",
    ),
)
