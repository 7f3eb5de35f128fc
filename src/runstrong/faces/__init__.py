"""Reports for people: plans, audits, rules and exercises as text and Markdown."""

from runstrong.faces.audits import audit_report, audit_summary, audit_table
from runstrong.faces.markdown import to_markdown
from runstrong.faces.pages import exercise_list, exercise_page, rule_list, rule_page
from runstrong.faces.plans import plan_report
from runstrong.faces.text import to_text

__all__ = [
    "audit_report",
    "audit_summary",
    "audit_table",
    "exercise_list",
    "exercise_page",
    "plan_report",
    "rule_list",
    "rule_page",
    "to_markdown",
    "to_text",
]
