"""The embedded form of Vierspan: the whole house in one process."""
