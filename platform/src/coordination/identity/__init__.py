"""Who acts: accounts, roles per organisation, tokens and signing in."""
