"""How the council page writes what only it shows."""
