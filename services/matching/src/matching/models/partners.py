"""Partners: the organisations that carry activities out, and the other ids and names they go by."""

from django.db import models

from coordination.contracts.identifiers import new_id


class Partner(models.Model):
    """An organisation that works for or with schools. partner_type is a slug, empty when nobody said it.

    search_name is the name as it is compared: without case, accents and punctuation.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200)
    search_name = models.CharField(max_length=200, unique=True)
    partner_type = models.CharField(max_length=60, blank=True)
    municipalities = models.JSONField(default=list)
    aliases = models.JSONField(default=list)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PartnerIdentifier(models.Model):
    """An id under which somebody proposed a partner that was in the register already, or under another name."""

    id = models.UUIDField(primary_key=True, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="identifiers")

    def __str__(self) -> str:
        return f"{self.id} = {self.partner_id}"
