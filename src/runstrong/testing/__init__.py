"""For those who build on runstrong: Hypothesis strategies and the contract that every rule keeps."""

from runstrong.testing.cases import Case, check_case, read_cases
from runstrong.testing.contract import check_rule

__all__ = ["Case", "check_case", "check_rule", "read_cases"]
