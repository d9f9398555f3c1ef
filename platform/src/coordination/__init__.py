"""How Vierspan's services say things, carry them, show them and are put together."""
