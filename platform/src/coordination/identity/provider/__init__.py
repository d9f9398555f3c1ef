"""Signing in through an OpenID provider that owns the accounts: the service form's way in."""
