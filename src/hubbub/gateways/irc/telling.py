"""Telling: a line from somebody about what is true for a moment, which is no record, with the tags that records have.

IRCv3 server-time, account-tag and bot-mode.
"""

from collections.abc import Mapping

from hubbub.core.house import Person
from hubbub.gateways.irc.capabilities import Capability
from hubbub.gateways.irc.tagging import BOT_TAG, Tags
from hubbub.gateways.irc.talk import Talk
from hubbub.wire.irc.message import encode_line
from hubbub.wire.irc.numerics import Numeric
from hubbub.wire.irc.timestamps import format_time


def line_from(
    talk: Talk, name: str, command: str, *params: str, text: str | None = None, tags: Mapping[str, str] | None = None
) -> bytes:
    """Return a line from whoever is called so; server tags come before those of clients."""
    tags = {**_tags_of(talk, talk.settings.house.find_named(name)), **(tags or {})}
    return encode_line(command, *params, text=text, source=talk.settings.names.named(name), tags=tags)


def numeric_from(talk: Talk, name: str, number: Numeric, *params: str, text: str) -> bytes:
    """Return a numeric that somebody has caused: it has the tags that his own lines have. IRCv3 account-tag."""
    tags = _tags_of(talk, talk.settings.house.find_named(name))
    return encode_line(number, talk.nick, *params, text=text, source=talk.settings.names.server, tags=tags)


def own_line(
    talk: Talk, command: str, *params: str, text: str | None = None, tags: Mapping[str, str] | None = None
) -> bytes:
    """Return a line from the client itself, as the client thinks it is called."""
    tags = {**_tags_of(talk, talk.person), **(tags or {})}
    return encode_line(command, *params, text=text, source=talk.source, tags=tags)


def _tags_of(talk: Talk, person: Person | None) -> Tags:
    tags: Tags = {}
    if talk.has(Capability.SERVER_TIME):
        tags["time"] = format_time(talk.settings.clock.time_ms())
    names = talk.settings.names
    if person is None:
        return tags
    if talk.has(Capability.MESSAGE_TAGS) and names.is_bot(person.id):
        tags[BOT_TAG] = ""
    if talk.has(Capability.ACCOUNT_TAG) and (account := names.account(person.id)):
        tags["account"] = account
    return tags
