"""How reporting's answers are described in its OpenAPI document; what they hold is made in shapes."""

from coordination.web.api.answers import (
    ANYTHING,
    CENTS,
    COUNT,
    DAY,
    FLAG,
    ID,
    MOMENT,
    SCHOOL_YEAR,
    TEXT,
    many,
    pages_of,
    record,
    unknown_too,
)

MAYBE_CENTS = unknown_too(CENTS)
FIGURES = record(
    schoolYear=unknown_too(SCHOOL_YEAR),
    plannedCents=MAYBE_CENTS,
    committedCents=MAYBE_CENTS,
    realisedCents=MAYBE_CENTS,
    remainingCents=MAYBE_CENTS,
)
YEAR = record(**FIGURES["properties"], nationalPercentage=unknown_too(COUNT))
ACTIVITY = record(
    id=ID,
    number=TEXT,
    municipality=TEXT,
    title=TEXT,
    measureType=TEXT,
    status=TEXT,
    statusReason=unknown_too(TEXT),
    startsOn=DAY,
    endsOn=DAY,
    totalCents=CENTS,
    plannedCents=MAYBE_CENTS,
    committedCents=MAYBE_CENTS,
    realisedCents=MAYBE_CENTS,
    remainingCents=MAYBE_CENTS,
    planCents=MAYBE_CENTS,
    phasingState=TEXT,
    phasing=many(FIGURES),
    lastReportOn=unknown_too(DAY),
    stale=FLAG,
    schools=COUNT,
    continuation=unknown_too(TEXT),
    indicators=many(ANYTHING),
)
PART = record(part=TEXT, plannedCents=CENTS, activities=many(ID))
SUMMARY = record(
    municipality=TEXT,
    name=TEXT,
    programme=TEXT,
    today=DAY,
    asOf=unknown_too(DAY),
    lastChangeAt=unknown_too(MOMENT),
    referenceDate=unknown_too(DAY),
    coverage=record(reported=COUNT, expected=COUNT),
    allocatedCents=MAYBE_CENTS,
    plannedCents=CENTS,
    unassignedCents=MAYBE_CENTS,
    committedCents=MAYBE_CENTS,
    committedMissing=COUNT,
    realisedCents=MAYBE_CENTS,
    realisedMissing=COUNT,
    remainingCents=MAYBE_CENTS,
    plan=unknown_too(ANYTHING),
    left=ANYTHING,
    allocations=many(record(component=TEXT, amountCents=CENTS, grantedOn=DAY)),
    bySchoolYear=many(YEAR),
    bySchools=many(PART),
    bySectors=many(PART),
    bySource=many(record(source=TEXT, plannedCents=CENTS)),
    activities=many(ACTIVITY),
)
KNOWN = record(**SUMMARY["properties"], knownOn=unknown_too(DAY))
FROZEN = record(**SUMMARY["properties"], id=ID, takenOn=DAY, takenAt=MOMENT)
MUNICIPALITIES = pages_of(record(id=ID, code=TEXT, name=TEXT, kind=TEXT, zone=TEXT))
CHANGES = pages_of(
    record(
        id=ID,
        kind=TEXT,
        activity=unknown_too(ID),
        changedAt=MOMENT,
        reason=unknown_too(TEXT),
        role=unknown_too(TEXT),
        sentence=TEXT,
    )
)
SCHOOLS = pages_of(record(id=ID, name=TEXT, own=FLAG, activities=many(ID)))
SNAPSHOT = record(id=ID, municipality=TEXT, takenOn=DAY, takenAt=MOMENT, page=TEXT)
SNAPSHOTS = pages_of(SNAPSHOT)
