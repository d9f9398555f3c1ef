"""The roles of partners in activities: named by the municipality, confirmed or declined by the partner."""

from datetime import datetime
from uuid import UUID

from django.db import models

from coordination.contracts.identifiers import new_id
from matching.models.activities import Activity
from matching.models.partners import Partner

STATES = [(state, state) for state in ("named", "confirmed", "declined")]


class PartnerRole(models.Model):
    """One partner in one activity. name is how the activity writes it; still_named is off once it no longer does.

    The partner may not have been met yet: such a row is kept and shown once it is complete.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.DO_NOTHING, db_constraint=False, related_name="roles")
    partner = models.ForeignKey(Partner, on_delete=models.DO_NOTHING, db_constraint=False, related_name="roles")
    municipality = models.CharField(max_length=4, db_index=True)
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=20, choices=STATES, default="named")
    reason = models.CharField(max_length=60, blank=True)
    still_named = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "partner"], name="matching_partner_role")]
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} in {self.activity_id}: {self.state}"

    def keep(self, *, at: datetime, role: str = "", account: UUID | None = None) -> None:
        """Save this row as it now is, one version on, and write the step into its history."""
        self.version += 1
        self.changed_at = at
        self.save()
        PartnerRoleChange.objects.create(
            partner_role=self,
            number=self.version,
            state=self.state,
            reason=self.reason,
            role=role,
            account=account,
            changed_at=at,
        )


class PartnerRoleChange(models.Model):
    """One step of a partner's role; never overwritten."""

    partner_role = models.ForeignKey(PartnerRole, on_delete=models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=20, choices=STATES)
    reason = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=40, blank=True)
    account = models.UUIDField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["partner_role", "number"]

    def __str__(self) -> str:
        return f"{self.partner_role_id} {self.number}: {self.state}"
