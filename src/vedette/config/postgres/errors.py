"""The one error of this room."""


class DatabaseUnavailable(Exception):
    """The database cannot be used; the message is one sentence for the person at the terminal, with the way out."""
