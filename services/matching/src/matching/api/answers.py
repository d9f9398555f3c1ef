"""How matching's answers are described in its OpenAPI document; what they hold is made in shapes."""

from coordination.web.api.answers import (
    COUNT,
    DAY,
    FLAG,
    ID,
    MOMENT,
    TEXT,
    many,
    pages_of,
    record,
    unknown_too,
)

SCHOOL = record(
    id=ID,
    brin=TEXT,
    locationCode=TEXT,
    name=TEXT,
    schoolTypes=many(TEXT),
    municipality=TEXT,
    board=unknown_too(TEXT),
    validFrom=unknown_too(DAY),
    validTo=unknown_too(DAY),
)
PARTNER = record(id=ID, name=TEXT, partnerType=unknown_too(TEXT), municipalities=many(TEXT), aliases=many(TEXT))
PARTICIPATION = record(
    id=ID,
    activity=ID,
    activityNumber=TEXT,
    activityTitle=TEXT,
    school=ID,
    schoolName=TEXT,
    municipality=TEXT,
    state=TEXT,
    origin=TEXT,
    confirmed=FLAG,
    pupils=unknown_too(COUNT),
    pupilsHidden=FLAG,
    reason=unknown_too(TEXT),
    position=unknown_too(COUNT),
    version=COUNT,
    changedAt=MOMENT,
)
ROLE = record(
    id=ID,
    activity=ID,
    activityNumber=TEXT,
    activityTitle=TEXT,
    partner=ID,
    partnerName=TEXT,
    municipality=TEXT,
    state=TEXT,
    reason=unknown_too(TEXT),
    version=COUNT,
    changedAt=MOMENT,
)
NEEDS = record(school=ID, targetGroups=many(TEXT), statedOn=unknown_too(DAY), version=COUNT)
PLACES = record(activity=ID, places=unknown_too(COUNT), version=COUNT)
FACT = record(code=TEXT, value=TEXT, explanation=TEXT)
SUGGESTION = record(
    activity=ID,
    number=TEXT,
    title=TEXT,
    municipality=TEXT,
    status=TEXT,
    endsOn=unknown_too(DAY),
    continuation=unknown_too(TEXT),
    fits=FLAG,
    matchedNeeds=many(TEXT),
    reasons=many(record(about=TEXT, sign=TEXT, sentence=TEXT)),
    places=FACT,
    moneyUntil=FACT,
    afterwards=FACT,
    isFull=FLAG,
    participation=unknown_too(record(id=ID, state=TEXT, position=unknown_too(COUNT), pupils=unknown_too(COUNT))),
)
SCHOOLS, PARTNERS = pages_of(SCHOOL), pages_of(PARTNER)
PARTICIPATIONS, ROLES, SUGGESTIONS = pages_of(PARTICIPATION), pages_of(ROLE), pages_of(SUGGESTION)
