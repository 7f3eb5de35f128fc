"""For those who build on runstrong: Hypothesis strategies and the contract that every rule keeps."""

from runstrong.testing.cases import Case, check_case, read_cases

__all__ = ["Case", "check_case", "read_cases"]
