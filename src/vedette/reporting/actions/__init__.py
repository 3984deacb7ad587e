"""The verbs of reporting: one module a noun; a door calls only what stands here."""

from vedette.reporting.actions.reports import amend_report, confirm_phoned_report, file_report, read_at_desk

__all__ = ["amend_report", "confirm_phoned_report", "file_report", "read_at_desk"]
