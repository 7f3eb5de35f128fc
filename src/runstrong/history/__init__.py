"""Readers of files that other programs write: dated calendars of runs, and training logs."""

from runstrong.history.calendars import FORMATS, read_calendar
from runstrong.history.duplicates import Likeness
from runstrong.history.logs import read_log
from runstrong.history.opening import is_document

__all__ = ["FORMATS", "Likeness", "is_document", "read_calendar", "read_log"]
