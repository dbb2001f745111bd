"""Findings: what the doctor has to say about each thing."""

from typing import Literal

import msgspec

Level = Literal["ok", "warning", "problem"]
"""It is as it should be; it may become a problem, or is one for some; something does not work or is about to break."""

Area = Literal["settings", "port", "tls", "ssh", "clock", "disk", "folder", "database", "files", "limits", "memory"]


class Finding(msgspec.Struct, frozen=True):
    """What was found of one thing."""

    area: Area
    level: Level
    what: str
    """A sentence."""
    remedy: str = ""
    """What to do, in a sentence or as a command; empty where all is well, or `what` says it."""


def ok(area: Area, what: str) -> Finding:
    """Say that something is as it should be."""
    return Finding(area, "ok", what)


def warning(area: Area, what: str, remedy: str) -> Finding:
    """Say that something may go wrong, and what to do."""
    return Finding(area, "warning", what, remedy)


def problem(area: Area, what: str, remedy: str = "") -> Finding:
    """Say that something is wrong, and what to do unless that is said already."""
    return Finding(area, "problem", what, remedy)
