"""The API conventions of all services."""
