"""A partner confirms its role in an activity that names it, or declines with a reason code."""

from uuid import UUID

from coordination.contracts.clock import recorded_now
from coordination.contracts.refusals import Conflict, Forbidden, NotFound, problem
from coordination.events.unit_of_work import unit_of_work
from coordination.identity.actor import Actor
from matching.domain.reasons import ROLE_DECLINE_REASONS
from matching.domain.who_may import acts_for_partner, works_for
from matching.models import PartnerRole
from matching.publications import say_role


def confirm_role(*, actor: Actor, role: UUID) -> PartnerRole:
    """The partner says: we do this. It may come back on an earlier refusal. Twice changes nothing.

    Raises NotFound, Forbidden, or Conflict when the activity no longer names the partner.
    """
    return _answer(actor, role, "confirmed", "")


def decline_role(*, actor: Actor, role: UUID, reason: str | None) -> PartnerRole:
    """The partner says: we do not, with a reason code. Twice changes nothing.

    Raises NotFound, Forbidden, Invalid without a reason of the list, or Conflict.
    """
    return _answer(actor, role, "declined", reason)


def _answer(actor: Actor, role_id: UUID, state: str, reason: str | None) -> PartnerRole:
    before = PartnerRole.objects.select_related("partner", "activity").filter(pk=role_id).first()
    if before is None or not (acts_for_partner(actor, before.partner_id) or works_for(actor, before.municipality)):
        raise NotFound()
    if not acts_for_partner(actor, before.partner_id):
        raise Forbidden("Alleen de partner zelf bevestigt zijn rol.")
    if state == "declined" and reason not in ROLE_DECLINE_REASONS:
        raise problem("reason", "reason-missing", "Kies een reden uit de lijst.")
    with unit_of_work("matching", role=actor.role_for("partner", str(before.partner_id))) as say:
        found = PartnerRole.objects.select_for_update().get(pk=role_id)
        if (found.state, found.reason) == (state, reason):
            return found
        if not found.still_named:
            raise Conflict("De activiteit noemt uw organisatie niet meer. U hoeft niets te doen.")
        found.state, found.reason = state, reason or ""
        found.keep(at=recorded_now(), role=actor.role_for("partner", str(found.partner_id)), account=actor.account_id)
        say_role(say, found)
    return found
