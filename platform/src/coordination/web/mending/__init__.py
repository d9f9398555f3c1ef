"""Mending: what the administrator of the house sees of messages under way, and does about those that are stuck."""
