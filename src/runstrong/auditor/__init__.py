"""The auditor: findings with their place, numbers, reason and a fix that was shown to help."""

from runstrong.auditor.deciding import Edited, edit
from runstrong.auditor.engine import audit
from runstrong.auditor.fixing import Fixed, fix_plan

__all__ = ["Edited", "Fixed", "audit", "edit", "fix_plan"]
