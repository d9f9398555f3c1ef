"""The database backend of the embedded form: Django's SQLite, whose writers in one process take turns."""
