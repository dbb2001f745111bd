"""Naming: what examples are called, alike in every run: a set has no order of its own."""


def name_example(value: object) -> str:
    """Return what stands for a value in the name of a test."""
    return ",".join(sorted(map(str, value))) if isinstance(value, frozenset | set) else str(value)
