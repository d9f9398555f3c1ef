"""Accounts, what they may do for which organisation, who they are at the provider, signing keys and one-time links."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from coordination.contracts.identifiers import new_id


class AccountManager(BaseUserManager):
    """Finds accounts by address whatever its capitals."""

    def get_by_natural_key(self, username: str) -> "Account":
        """The account with this e-mail address."""
        return self.get(email=username.strip().lower())

    async def aget_by_natural_key(self, username: str) -> "Account":
        """The same, awaited."""
        return await self.aget(email=username.strip().lower())


class Account(AbstractBaseUser):
    """Somebody who signs in. The e-mail address is kept in lower case and never travels."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A role of an account in one organisation; key is a municipality's code or the id of a school or partner."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=30)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=100)
    name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "role", "kind", "key"], name="identity_membership_once")
        ]
        ordering = ["id"]


class SigningKey(models.Model):
    """A key pair that signs tokens; the public half is enough to check them."""

    kid = models.CharField(max_length=64, primary_key=True)
    private_jwk = models.JSONField()
    public_jwk = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)


class OneTimeLink(models.Model):
    """A link to choose a password with, once; only a digest of it is kept. Without an account it makes the first
    administrator."""

    digest = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, related_name="links")
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Subject(models.Model):
    """Who an account is at an OpenID provider: at each at most one."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="subjects")
    issuer = models.CharField(max_length=500)
    subject = models.CharField(max_length=255)
    bound_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="identity_subject_once"),
            models.UniqueConstraint(fields=["issuer", "account"], name="identity_subject_per_account"),
        ]


class SignIn(models.Model):
    """A session and the sign-in at the provider that it came from; sid is what the provider calls that sign-in."""

    session_key = models.CharField(max_length=40, primary_key=True)
    issuer = models.CharField(max_length=500)
    subject = models.CharField(max_length=255, db_index=True)
    sid = models.CharField(max_length=255, blank=True, db_index=True)
    started_at = models.DateTimeField()
