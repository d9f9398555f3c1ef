"""Schools and partners to choose from when an activity is described: those of its municipality, and those it names."""

from intake.models import Activity, Partner, School


def schools_to_choose(activity: Activity) -> list[tuple[str, str]]:
    """Id and name of each school, by name; the school's code tells two of one name apart."""
    named = set(activity.schools)
    own = School.objects.filter(municipality=activity.municipality)
    found = {str(school.id): school for school in [*own, *School.objects.filter(id__in=named)]}
    rows = sorted(found.items(), key=lambda one: (one[1].name.casefold(), one[1].location_code))
    choices = [(key, f"{school.name} ({school.location_code or school.brin})") for key, school in rows]
    return [*choices, *((key, key) for key in sorted(named - set(found)))]


def partners_to_choose(activity: Activity) -> list[tuple[str, str]]:
    """Id and name of each partner that works in the municipality or is named, by name."""
    named = {one["partner_id"]: one["name"] for one in activity.partners}
    registered = Partner.objects.filter(registered=True, same_as=None)
    found = {str(one.id): one.name for one in registered if activity.municipality in one.municipalities}
    return sorted((found | named).items(), key=lambda one: one[1].casefold())
