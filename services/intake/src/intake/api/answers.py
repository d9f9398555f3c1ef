"""How intake's answers are described in its OpenAPI document; what they hold is made in shapes and upload_shapes."""

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
ACTIVITY = record(
    id=ID,
    number=TEXT,
    municipality=TEXT,
    programme=TEXT,
    title=TEXT,
    measureType=TEXT,
    status=TEXT,
    statusReason=unknown_too(TEXT),
    startsOn=DAY,
    endsOn=DAY,
    totalCents=CENTS,
    committedCents=MAYBE_CENTS,
    realisedCents=MAYBE_CENTS,
    remainingCents=MAYBE_CENTS,
    referenceDate=unknown_too(DAY),
    phasingState={**TEXT, "enum": ["draft", "final"]},
    phasing=many(FIGURES),
    owner=unknown_too(ID),
    goal=TEXT,
    interventions=many(TEXT),
    sectors=many(TEXT),
    targetGroups=many(TEXT),
    schoolTypes=many(TEXT),
    schools=many(ID),
    partners=many(ANYTHING),
    continuation=unknown_too(TEXT),
    indicators=many(ANYTHING),
    reportedOn=unknown_too(DAY),
    withdrawn=FLAG,
    version=COUNT,
)
ACT_FIELDS = {
    "actKind": TEXT,
    "role": TEXT,
    "reason": unknown_too(TEXT),
    "actedOn": DAY,
    "recordedAt": MOMENT,
    "origin": unknown_too(ANYTHING),
}
LINE_FIELDS = {
    "id": ID,
    "act": ID,
    "activity": ID,
    "kind": TEXT,
    "schoolYear": unknown_too(SCHOOL_YEAR),
    "amountCents": CENTS,
    "fundingSource": TEXT,
    "date": unknown_too(DAY),
    "referenceDate": unknown_too(DAY),
}
ACT = record(id=ID, **ACT_FIELDS, lines=many(record(**LINE_FIELDS)), warnings=many(TEXT), activity=ACTIVITY)
REPORT = record(
    id=ID,
    activity=ID,
    date=DAY,
    status=unknown_too(TEXT),
    statusReason=unknown_too(TEXT),
    reach=record(participants=unknown_too(COUNT), waiting=unknown_too(COUNT), places=unknown_too(COUNT)),
    indicator=unknown_too(ANYTHING),
)
FINDING = record(field=TEXT, code=TEXT, level=TEXT, message=TEXT, fields=many(TEXT), cells=many(TEXT))
UPLOAD = record(
    id=ID,
    filename=TEXT,
    receivedAt=MOMENT,
    confirmedAt=unknown_too(MOMENT),
    rowCount=COUNT,
    acceptedCents=CENTS,
    accepted=many(record(row=COUNT, number=TEXT, title=TEXT, totalCents=CENTS, findings=many(FINDING))),
    quarantined=many(record(row=COUNT, problems=many(FINDING), findings=many(FINDING))),
    skipped=many(record(row=COUNT, reason=TEXT, findings=many(FINDING))),
    findings=many(FINDING),
    newPartners=many(TEXT),
    overAllocation=many(record(municipality=TEXT, overAllocationCents=CENTS)),
)
UPLOAD_LISTED = record(
    id=ID,
    filename=TEXT,
    receivedAt=MOMENT,
    confirmedAt=unknown_too(MOMENT),
    rowCount=COUNT,
    acceptedCount=COUNT,
    takenOverCount=COUNT,
    quarantinedCount=COUNT,
    skippedCount=COUNT,
)
ACTIVITIES = pages_of(ACTIVITY)
REGISTERED = record(**ACTIVITY["properties"], overAllocationCents=CENTS)
LINES = pages_of(record(**LINE_FIELDS, **ACT_FIELDS, sentence=TEXT))
REPORTED = record(**ACT["properties"], report=REPORT)
REPORTS = pages_of(REPORT)
TRANSFERRED = record(**ACT["properties"], toActivity=ACTIVITY)
UPLOADS = pages_of(UPLOAD_LISTED)
