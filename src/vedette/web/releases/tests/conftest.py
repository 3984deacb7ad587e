"""What the tests of these screens share: an evening with a shared post and a rule for it."""

from vedette.sharing.tests.ruled import house, ruled_evening

__all__ = ["house", "ruled_evening"]
