"""One telling sample of every event, from which the frozen examples are made; all of it is invented."""

from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from coordination.contracts import catalogue, intake, matching, reporting
from coordination.contracts.envelope import Envelope, source_of
from coordination.contracts.periods import Period

MOMENT = datetime(2025, 1, 14, 9, 30, tzinfo=UTC)


def _id(number: int) -> UUID:
    return UUID(f"0194644a-7c00-7000-8000-{number:012d}")


MUNICIPALITY, PROGRAMME, CATALOGUE, ALLOCATION = _id(1), _id(2), _id(3), _id(4)
ACTIVITY, OTHER_ACTIVITY, SCHOOL, PARTNER, OWNER = _id(11), _id(12), _id(21), _id(31), _id(41)
ACT, PARTICIPATION, ROLE, SIGNAL, REPORT, PROPOSED = _id(51), _id(61), _id(71), _id(81), _id(91), _id(99)


def _line(number: int, kind: intake.LineKind, school_year: str | None, cents: int, **more: Any) -> intake.LedgerLine:
    return intake.LedgerLine(
        line_id=_id(1000 + number),
        activity_id=more.pop("activity_id", ACTIVITY),
        kind=kind,
        school_year=school_year,
        amount_cents=cents,
        funding_source="np_onderwijs",
        recorded_at=MOMENT,
        **more,
    )


DETAILS = intake.ActivityDetails(
    number="MRS-007",
    title="Zomerschool taal en rekenen",
    measure_type="summer_school",
    starts_on=date(2022, 7, 1),
    ends_on=date(2024, 8, 31),
    total_cents=12_500_000,
    owner=OWNER,
    goal="Leerlingen beginnen het schooljaar zonder achterstand in taal en rekenen",
    sectors=("po",),
    target_groups=("covid_delay",),
    school_types=("basisschool",),
    schools=(SCHOOL,),
    partners=(intake.NamedPartner(partner_id=PARTNER, name="Stichting De Voorbeeldbrug"),),
    continuation="uncertain",
    phasing_state="final",
)

_SAMPLES = (
    intake.MunicipalityRegistered(
        municipality_id=MUNICIPALITY,
        code="9901",
        name="Merenstad",
        kind="municipality",
        zone="Europe/Amsterdam",
        number_prefix="MRS",
        theme="merenstad",
    ),
    intake.ProgrammeDefined(
        programme_id=PROGRAMME,
        code="np_onderwijs",
        name="NP Onderwijs",
        window_starts_on=date(2021, 7, 1),
        window_ends_on=date(2025, 7, 31),
        periods=(
            Period(school_year="2021-2022", starts_on=date(2021, 7, 1), ends_on=date(2022, 7, 31), national_weight=17),
            Period(school_year="2022-2023", starts_on=date(2022, 8, 1), ends_on=date(2023, 7, 31), national_weight=32),
        ),
    ),
    intake.CatalogueDefined(
        catalogue_id=CATALOGUE,
        name="sector",
        entries=(
            intake.CatalogueEntry(
                slug="po", label_nl="Primair onderwijs", label_en="Primary education", aliases=("PO",)
            ),
        ),
    ),
    intake.AllocationGranted(
        allocation_id=ALLOCATION,
        municipality="9901",
        programme="np_onderwijs",
        component="pupils",
        amount_cents=250_000_000,
        granted_on=date(2021, 7, 1),
        pupils=10_000,
        per_pupil_cents=25_000,
    ),
    intake.ActivityRegistered(
        activity_id=ACTIVITY,
        municipality="9901",
        programme="np_onderwijs",
        details=DETAILS,
        status="running",
        lines=(
            _line(1, "plan", "2022-2023", 7_500_000),
            _line(2, "plan", None, 5_000_000),
            _line(3, "spent_until", None, 2_000_000, reference_date=date(2024, 12, 31)),
        ),
        indicators=(intake.Indicator(name="Leesniveau op peil", target="80", value="64.5", evidence="test"),),
        reported_on=date(2024, 12, 31),
    ),
    intake.ActivityChanged(
        activity_id=ACTIVITY, municipality="9901", details=DETAILS, lines=(_line(4, "plan", None, 100_000),)
    ),
    intake.ActivityPhased(
        activity_id=ACTIVITY,
        municipality="9901",
        act_id=ACT,
        state="final",
        lines=(_line(5, "plan", None, -5_000_000), _line(6, "plan", "2023-2024", 5_000_000)),
        reason="labour_market_shortage",
    ),
    intake.EntryRecorded(
        activity_id=ACTIVITY,
        municipality="9901",
        act_id=ACT,
        lines=(_line(7, "spending", "2022-2023", 312_345, dated_on=date(2022, 9, 15)),),
    ),
    intake.SpendingDivided(
        activity_id=ACTIVITY,
        municipality="9901",
        act_id=ACT,
        lines=(
            _line(8, "spent_until", None, -800_000, reference_date=date(2024, 12, 31)),
            _line(9, "spending", "2022-2023", 800_000),
        ),
    ),
    intake.BudgetTransferred(
        activity_id=ACTIVITY,
        other_activity_id=OTHER_ACTIVITY,
        municipality="9901",
        act_id=ACT,
        lines=(
            _line(10, "plan", "2023-2024", -250_000),
            _line(11, "plan", "2023-2024", 250_000, activity_id=OTHER_ACTIVITY),
        ),
        total_cents=12_250_000,
        reason="low_demand",
    ),
    intake.ProgressReported(
        activity_id=ACTIVITY,
        municipality="9901",
        report_id=REPORT,
        reported_on=date(2025, 1, 10),
        status="delayed",
        status_reason="staff_shortage",
        reach=intake.Reach(participants=48, waiting=6, places=60),
        indicator=intake.Indicator(
            name="Leesniveau op peil", target="80", value="71", evidence="test", measured_on=date(2025, 1, 8)
        ),
    ),
    intake.ActivityWithdrawn(
        activity_id=ACTIVITY,
        municipality="9901",
        act_id=ACT,
        reason="double",
        lines=(_line(12, "plan", "2022-2023", -7_500_000),),
    ),
    intake.OrganisationProposed(
        organisation_id=PROPOSED, kind="school", name="Basisschool De Plas", municipality="9901", brin="90AA"
    ),
    matching.SchoolRegistered(
        school_id=SCHOOL,
        brin="90AA",
        location_code="90AA00",
        name="Basisschool Het Baken",
        school_types=("basisschool",),
        municipality="9901",
        board="Stichting Voorbeeldscholen",
        valid_from=date(2010, 8, 1),
    ),
    matching.PartnerRegistered(
        partner_id=PARTNER,
        name="Stichting De Voorbeeldbrug",
        partner_type="social_work",
        municipalities=("9901",),
        aliases=("De Brug",),
    ),
    matching.SchoolNeedsStated(school_id=SCHOOL, target_groups=("covid_delay",), stated_on=date(2025, 1, 13)),
    matching.PlacesSet(activity_id=ACTIVITY, municipality="9901", places=60),
    matching.ParticipationChanged(
        participation_id=PARTICIPATION,
        activity_id=ACTIVITY,
        school_id=SCHOOL,
        municipality="9901",
        state="waiting",
        origin="school",
        pupils=12,
        reason="full",
        position=2,
        changed_at=MOMENT,
    ),
    matching.PartnerRoleChanged(
        role_id=ROLE,
        activity_id=ACTIVITY,
        partner_id=PARTNER,
        municipality="9901",
        state="confirmed",
        changed_at=MOMENT,
    ),
    reporting.SignalRaised(
        signal_id=SIGNAL, activity_id=ACTIVITY, municipality="9901", kind="underspend", since=date(2025, 1, 14)
    ),
    reporting.SignalCleared(signal_id=SIGNAL, activity_id=ACTIVITY, municipality="9901", kind="underspend"),
)

SAMPLES = MappingProxyType({type(event).TYPE: event for event in _SAMPLES})


def sample_message(entry: catalogue.Entry) -> bytes:
    """The sample of a type as a whole message. Raises KeyError when somebody added a type without a sample."""
    event = SAMPLES[entry.type]
    envelope = Envelope(
        id=str(_id(900_000 + [one.type for one in catalogue.ENTRIES].index(entry.type))),
        source=source_of(entry.owner),
        type=entry.type,
        subject=catalogue.key_of(event),
        time=MOMENT,
        sequence=1,
        data=catalogue.data_of(event),
        correlationid=str(_id(500_000)),
        causationid=str(_id(500_001)),
        actingrole="policy_officer",
    )
    return envelope.to_json()
