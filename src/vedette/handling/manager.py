"""The shut manager: a governed table is asked for a viewer or for a stated house reason, or not at all."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models

from vedette.kit.errors import ShutManager as Shut

if TYPE_CHECKING:
    from vedette.agencies.viewer import Viewer

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class ShutManager(models.Manager[Row_co]):
    """`seen_by(viewer)` and `as_house(reason)` are the doors; every other way in raises, related managers included."""

    def get_queryset(self) -> models.QuerySet[Row_co]:
        raise Shut(f"{self.model.__name__} is governed: ask .seen_by(viewer) or .as_house(reason).")

    def _open(self) -> models.QuerySet[Row_co]:
        rows: models.QuerySet[Row_co] = models.QuerySet(self.model, using=self._db)
        narrowed: dict[str, Any] = getattr(self, "core_filters", {})
        return rows.filter(**narrowed)

    def seen_by(self, viewer: "Viewer | None") -> models.QuerySet[Row_co]:
        """The rows this viewer may read; for a derived row one sheet under it that he may read is enough.

        To who has only a struck stub left no row is shown, unless the table holds no content (SHOWN_STRUCK).
        """
        from vedette.handling.policy import readable, visible

        ways: tuple[str, ...] = self.model.SEEN_THROUGH  # type: ignore[attr-defined]
        condition = models.Q()
        ask = visible if self.model.SHOWN_STRUCK else readable  # type: ignore[attr-defined]
        for prefix in ways:
            condition |= ask(viewer, prefix)
        rows = self._open().filter(condition)
        return rows if ways == ("sheet__",) else rows.distinct()

    def as_house(self, reason: str) -> models.QuerySet[Row_co]:
        """Every row, for work of the house itself; each call site stands in the list that tests/house holds."""
        if not reason:
            raise Shut("House work states its reason.")
        return self._open()

    def create(self, **values: Any) -> Row_co:
        """Store a new row (making is not reading)."""
        return self._open().create(**values)

    def bulk_create(self, objs: Any, *args: Any, **options: Any) -> list[Row_co]:
        """Store many new rows."""
        return self._open().bulk_create(objs, *args, **options)
