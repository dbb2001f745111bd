"""Gathering: several people in one conversation of their own, which others can be taken into."""

from hubbub.core.kinds import Command


class Gather(Command, frozen=True):
    """Begin a conversation with several people, go on with the one that they have, or take more of them into one."""

    names: tuple[str, ...]
    room: str = ""
    """The group that they are taken into; empty for the one of exactly these people."""
