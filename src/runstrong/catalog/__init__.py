"""Records, read and checked."""

from runstrong.catalog.records import load_catalog
from runstrong.model.catalog import Catalog

__all__ = ["Catalog", "load_catalog"]
