"""What these tests let people say: texts that nobody can mistake, so that a log which holds one is found out."""

from typing import Final

SECRET: Final = "wombat"
"""Stands in every text that is said, and in every hostile byte sequence that could pass for one."""


def words(text: object) -> str:
    """Return something to say."""
    return f"{SECRET} {text}"
