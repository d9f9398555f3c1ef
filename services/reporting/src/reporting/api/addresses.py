"""The addresses of reporting's API, below /reporting/api/v1/."""

API = []
