"""Strict YAML and JSON for every document, with the place of every fault."""

from runstrong.codec.documents import (
    KINDS,
    MIGRATIONS,
    Kind,
    decode,
    dumps,
    encode,
    loads,
    read,
    to_json,
    to_yaml,
    write,
)
from runstrong.codec.structure import structure, unstructure
from runstrong.codec.tables import read_table

__all__ = [
    "KINDS", "MIGRATIONS", "Kind", "decode", "dumps", "encode", "loads", "read", "read_table", "structure", "to_json",
    "to_yaml", "unstructure", "write",
]  # fmt: skip
