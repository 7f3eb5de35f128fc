"""Reports for people: any noun, rules and exercises as text, Markdown and HTML."""

from runstrong.faces.audits import audit_report, audit_summary, audit_table
from runstrong.faces.cards import card, report_of
from runstrong.faces.differences import difference_report
from runstrong.faces.html import fragment, page, to_html
from runstrong.faces.logs import log_report
from runstrong.faces.markdown import to_markdown
from runstrong.faces.pages import exercise_list, exercise_page, preset_list, preset_page, rule_list, rule_page
from runstrong.faces.plans import plan_report
from runstrong.faces.sheets import sheet
from runstrong.faces.steps import Upcoming, next_report, next_table, state_report, step_report, step_text
from runstrong.faces.summaries import plan_summary
from runstrong.faces.text import to_text

__all__ = [
    "Upcoming",
    "audit_report",
    "audit_summary",
    "audit_table",
    "card",
    "difference_report",
    "exercise_list",
    "exercise_page",
    "fragment",
    "log_report",
    "next_report",
    "next_table",
    "page",
    "plan_report",
    "plan_summary",
    "preset_list",
    "preset_page",
    "report_of",
    "rule_list",
    "rule_page",
    "sheet",
    "state_report",
    "step_report",
    "step_text",
    "to_html",
    "to_markdown",
    "to_text",
]
