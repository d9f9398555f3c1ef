"""The face of every service: layout, components, tokens and one script."""
