"""The version of a database that this code reads and writes."""

from typing import Final

HEAD: Final = "0012"
"""The last migration: the version of a database that looks as `schema` describes it."""
