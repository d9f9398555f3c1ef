"""What everything stands on: municipalities, programmes with their periods, catalogues and allocations."""

from dataclasses import dataclass

from django.db import models

from coordination.contracts.identifiers import new_id
from coordination.contracts.periods import Period
from intake.domain.activities import Window


class Municipality(models.Model):
    """A municipality or public body that works with this house; code is what everyone calls it by."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=4, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20)
    zone = models.CharField(max_length=50)
    number_prefix = models.CharField(max_length=10)
    theme = models.CharField(max_length=30, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Programme(models.Model):
    """A programme of temporary money and the window, first and last day included, in which it may be spent."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    window_starts_on = models.DateField()
    window_ends_on = models.DateField()

    class Meta:
        ordering = ["window_starts_on", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def window(self) -> Window:
        """The plain value that rules work with."""
        return Window(starts_on=self.window_starts_on, ends_on=self.window_ends_on)

    def plain_periods(self) -> tuple[Period, ...]:
        """Its periods in order."""
        return tuple(period.as_period() for period in self.periods.all())


class ProgrammePeriod(models.Model):
    """One school year of a programme with its own dates."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="periods")
    school_year = models.CharField(max_length=9)
    starts_on = models.DateField()
    ends_on = models.DateField()
    national_weight = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["starts_on"]
        constraints = [models.UniqueConstraint(fields=["programme", "school_year"], name="intake_period_year")]

    def __str__(self) -> str:
        return self.school_year

    def as_period(self) -> Period:
        """The plain value that rules work with."""
        return Period(
            school_year=self.school_year,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            national_weight=self.national_weight,
        )


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What a programme allows: the window in which money may be spent, and its school years in order."""

    window: Window
    periods: tuple[Period, ...]

    @property
    def school_years(self) -> list[str]:
        """The school years of its periods."""
        return [period.school_year for period in self.periods]


def frame_of(programme: str) -> Frame:
    """The frame of the programme with this code, in one query. Raises Programme.DoesNotExist without any period."""
    rows = ProgrammePeriod.objects.filter(programme__code=programme).values_list(
        "school_year",
        "starts_on",
        "ends_on",
        "national_weight",
        "programme__window_starts_on",
        "programme__window_ends_on",
    )
    periods = []
    window = None
    for school_year, starts_on, ends_on, weight, first, last in rows:
        periods.append(Period(school_year=school_year, starts_on=starts_on, ends_on=ends_on, national_weight=weight))
        window = Window(starts_on=first, ends_on=last)
    if window is None:
        raise Programme.DoesNotExist(programme)
    return Frame(window=window, periods=tuple(periods))


class Catalogue(models.Model):
    """A list of words with labels: measure_type, target_group, reason and so on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=40, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CatalogueEntry(models.Model):
    """One word: slug in code and events, labels on pages, code as people write it, aliases as sheets have it.

    group holds the slug of its group; for reasons the words of the lists it may be chosen from.
    """

    catalogue = models.ForeignKey(Catalogue, on_delete=models.CASCADE, related_name="entries")
    slug = models.CharField(max_length=60)
    label_nl = models.CharField(max_length=150)
    label_en = models.CharField(max_length=150, blank=True)
    group = models.CharField(max_length=120, blank=True)
    code = models.CharField(max_length=10, blank=True)
    aliases = models.JSONField(default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "slug"]
        constraints = [models.UniqueConstraint(fields=["catalogue", "slug"], name="intake_entry_slug")]

    def __str__(self) -> str:
        return self.label_nl


def words(*catalogues: str) -> dict[str, dict[str, str]]:
    """The Dutch label of each slug by catalogue, in the catalogue's order; one query for all of them."""
    found: dict[str, dict[str, str]] = {name: {} for name in catalogues}
    rows = CatalogueEntry.objects.filter(catalogue__name__in=catalogues).order_by("position", "slug")
    for name, slug, label in rows.values_list("catalogue__name", "slug", "label_nl"):
        found[name][slug] = label
    return found


class Allocation(models.Model):
    """One component of what a municipality received, dated; a later adjustment is a further row with a sign."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.CharField(max_length=4, db_index=True)
    programme = models.CharField(max_length=40)
    component = models.CharField(max_length=20)
    amount_cents = models.BigIntegerField()
    granted_on = models.DateField()
    pupils = models.PositiveIntegerField(null=True)
    per_pupil_cents = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["granted_on", "component"]

    def __str__(self) -> str:
        return f"{self.municipality} {self.component}"
