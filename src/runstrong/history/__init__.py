"""Readers of files that other programs write: dated calendars of runs."""

from runstrong.history.calendars import FORMATS, read_calendar

__all__ = ["FORMATS", "read_calendar"]
