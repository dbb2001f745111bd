"""People who talk to each other, and what can be read in a line."""

from tests.gateways.irc.clients import Client, Network


async def two(place: Network, *capabilities: str) -> tuple[Client, Client]:
    """Return Ann, who has switched these capabilities on, and Bob, both in #tea."""
    ann, bob = await place.arrive("ann", *capabilities), await place.arrive("bob")
    await ann.ask("JOIN #tea")
    await bob.ask("JOIN #tea")
    await ann.settle()
    return ann, bob


def tags_of(line: str) -> dict[str, str]:
    """Return what stands before a line."""
    assert line.startswith("@")
    return dict(tag.partition("=")[::2] for tag in line[1:].split(" ", maxsplit=1)[0].split(";"))


def body_of(line: str) -> str:
    """Return a line without its tags."""
    return line.partition(" ")[2] if line.startswith("@") else line


def said(line: str) -> tuple[str, str]:
    """Return the command and what stands behind it, without who says it."""
    _, command, rest = body_of(line).split(" ", 2)
    return command, rest
