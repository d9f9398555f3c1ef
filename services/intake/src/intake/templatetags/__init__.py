"""How intake's pages write what only they show."""
