"""The tables of the embedded log; they live in a database of their own."""

from django.db import models


class LogRecord(models.Model):
    """One message. Its id is its position: given under the database's write lock, so it is also the commit order."""

    topic = models.CharField(max_length=100)
    partition = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=100)
    value = models.BinaryField()
    headers = models.JSONField(default=list)
    appended_at = models.DateTimeField()


class GroupPosition(models.Model):
    """How far a group has handled one partition of a topic: the position of the last record it is done with."""

    group = models.CharField(max_length=100)
    topic = models.CharField(max_length=100)
    partition = models.PositiveSmallIntegerField()
    position = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "topic", "partition"], name="log_group_position")]
