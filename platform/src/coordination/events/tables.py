"""The tables each service keeps to say and hear things; abstract here, made real in its models/messaging.py."""

from django.db import models


class OutboxEntry(models.Model):
    """Something said and perhaps not yet sent. number orders it within its subject, as commits did.

    Nothing looks for a row by its id, so that has no index: every event would pay for it twice, said and sent.
    """

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(editable=False)
    topic = models.CharField(max_length=100)
    subject = models.CharField(max_length=100)
    sequence = models.PositiveBigIntegerField()
    type = models.CharField(max_length=200)
    message = models.TextField()
    recorded_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["topic", "subject", "sequence"], name="%(app_label)s_outbox_sequence")
        ]
        indexes = [
            models.Index(
                fields=["number"], name="%(app_label)s_outbox_unsent", condition=models.Q(sent_at__isnull=True)
            )
        ]


class HandledEvent(models.Model):
    """The mark of a message handled: a second delivery finds it and does nothing."""

    id = models.UUIDField(primary_key=True)
    topic = models.CharField(max_length=100)
    handled_at = models.DateTimeField()

    class Meta:
        abstract = True


class SubjectPosition(models.Model):
    """The last number heard of a subject, so that a hole in its news is noticed."""

    topic = models.CharField(max_length=100)
    subject = models.CharField(max_length=100)
    sequence = models.PositiveBigIntegerField()

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["topic", "subject"], name="%(app_label)s_subject_position")]


class DeadLetter(models.Model):
    """A message that could not be handled, or that waits behind one of the same subject; its key is parked."""

    id = models.UUIDField(primary_key=True)
    topic = models.CharField(max_length=100)
    subject = models.CharField(max_length=100)
    sequence = models.PositiveBigIntegerField()
    type = models.CharField(max_length=200)
    message = models.TextField()
    cause = models.CharField(
        max_length=20,
        choices=[
            ("fault", "fault"),
            ("hole", "hole"),
            ("behind", "waits behind another"),
            ("unreadable", "unreadable"),
            ("unknown", "of a type this version does not know"),
        ],
    )
    error = models.TextField(blank=True)
    attempts = models.PositiveIntegerField(default=1)
    parked_at = models.DateTimeField()

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["topic", "subject", "sequence"], name="%(app_label)s_dead_letter_key")]


class PassedOver(models.Model):
    """A parked message that somebody let go of for good, with why; kept for ever.

    account is who decided, empty from a command line. cause and error are why it had been parked.
    """

    number = models.BigAutoField(primary_key=True)
    message_id = models.UUIDField()
    topic = models.CharField(max_length=100)
    subject = models.CharField(max_length=100)
    sequence = models.PositiveBigIntegerField()
    type = models.CharField(max_length=200)
    message = models.TextField()
    cause = models.CharField(max_length=20)
    error = models.TextField(blank=True)
    parked_at = models.DateTimeField()
    reason = models.TextField()
    account = models.UUIDField(null=True)
    passed_over_at = models.DateTimeField()

    class Meta:
        abstract = True


class Rebuild(models.Model):
    """One time that the projections were made again from the log, and how it went. account is who asked."""

    number = models.BigAutoField(primary_key=True)
    account = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(
        max_length=20,
        default="running",
        choices=[
            ("running", "running"),
            ("done", "done"),
            ("failed", "failed"),
            ("broken_off", "its process ended before it did"),
        ],
    )
    heard = models.PositiveBigIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        abstract = True


class AcceptedRequest(models.Model):
    """A request already carried out: the same account and key get the same answer for seven days."""

    account = models.CharField(max_length=100)
    key = models.CharField(max_length=255)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = models.TextField(blank=True)
    accepted_at = models.DateTimeField()

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="%(app_label)s_accepted_request")]
