"""The database under our own supervisor: embedded, or a server that the environment names."""

from vedette.config.postgres.errors import DatabaseUnavailable

__all__ = ["DatabaseUnavailable"]
