"""How much of everything is measured, and what the goals are."""

from typing import Final

from msgspec import Struct


class WebScale(Struct, frozen=True):
    """How much of everything a run takes."""

    greeting: int
    """Messages in the room into which one comes."""
    history: int
    """Messages in the room that is scrolled."""
    older: int
    """How many of them are loaded before it is measured."""
    scrolled_px: int
    """How far it is scrolled."""
    rooms: int
    """Rooms between which one goes again and again."""
    switches: int
    """How often."""
    own: int
    """Messages that one says oneself."""
    flood_seconds: int
    """How long 100 messages a second come."""
    hour: int
    """Messages of an hour of that."""


FULL: Final = WebScale(
    greeting=200,
    history=50_000,
    older=5_000,
    scrolled_px=60_000,
    rooms=10,
    switches=60,
    own=30,
    flood_seconds=60,
    hour=360_000,
)
"""The numbers of the goals."""

QUICK: Final = WebScale(
    greeting=20, history=2_000, older=600, scrolled_px=6_000, rooms=3, switches=6, own=5, flood_seconds=3, hour=4_000
)
"""Enough to see that everything runs; the figures mean nothing."""

THROTTLE: Final = 4
"""How many times slower the processor is made while a page loads, as a phone's may be."""

FLOOD_PER_SECOND: Final = 100
