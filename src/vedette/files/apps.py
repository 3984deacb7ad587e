"""The files room: declares where files hold content, and what is removed after a purge."""

from django.apps import AppConfig

from vedette.handling.purging import declare


class FilesConfig(AppConfig):
    """Stored files: sniffed, cleaned, encrypted."""

    name = "vedette.files"
    label = "files"

    def ready(self) -> None:
        """Declare what a purge blanks here."""
        from vedette.files.purging import PLACES, drop_purged

        declare(PLACES, afterwards=drop_purged)
