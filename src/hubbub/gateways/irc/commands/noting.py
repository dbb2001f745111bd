"""METADATA, what is noted about people and channels: see `gateways/irc/metadata.py`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from hubbub.core.answers import Answer
from hubbub.core.features.traits import SetTrait, is_key
from hubbub.core.kinds import Refusal
from hubbub.core.names import find_key
from hubbub.core.people_answers import TraitList
from hubbub.core.queries import ListTraits
from hubbub.core.room import RoomKind
from hubbub.gateways.irc import metadata, muting, pre_metadata, refusals
from hubbub.gateways.irc.capabilities import SUBSCRIPTIONS, Capability
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.filling import fill
from hubbub.gateways.irc.talk import Question, Step, Steps, Talk, as_parameter
from hubbub.wire.irc.message import LINE_LIMIT, IrcMessage
from hubbub.wire.irc.numerics import Numeric

ONESELF: Final = "*"
"""Stands for one's own nick."""

Wish = Callable[[Talk, str, Sequence[str]], Steps]


def tell(talk: Talk, message: IrcMessage) -> Steps:
    """Do what the subcommand says, about a person or a channel; before one is in, about oneself."""
    target, subcommand, *rest = message.params
    if not talk.is_welcome and not talk.has(Capability.METADATA):
        return (refusals.not_registered(talk),)
    if not talk.is_welcome and target != ONESELF:
        return (metadata.invalid_target(talk, target),)
    wish = (WISHES if talk.is_welcome else EARLY_WISHES).get(subcommand.upper())
    if wish is None:
        text = f"METADATA knows {', '.join(WISHES if talk.is_welcome else EARLY_WISHES)}"
        return (talk.fail("METADATA", "INVALID_PARAMS", as_parameter(subcommand), text=text),)
    handle, least = wish
    if len(rest) < least:
        return (talk.fail("METADATA", "INVALID_PARAMS", subcommand.upper(), text="That needs more parameters"),)
    return handle(talk, talk.nick if target == ONESELF else target, rest)


def _get(talk: Talk, target: str, keys: Sequence[str]) -> Steps:
    others = [key for key in keys if key.lower() != muting.KEY]
    if len(others) < len(keys):
        return muting.find(talk, target, lambda muted: _get_others(talk, target, others, (muted,)))
    return _get_others(talk, target, others)


def _get_others(talk: Talk, target: str, keys: Sequence[str], muted: Sequence[bytes] = ()) -> Iterator[Step]:
    def found(answer: Answer) -> Iterator[Step]:
        if isinstance(answer, TraitList):
            yield from metadata.together(talk, answer.subject, (*muted, *_values(talk, answer, keys)))
        else:
            yield from _no_target(talk, target, answer)

    yield Question(ListTraits(target), found)


def _values(talk: Talk, found: TraitList, keys: Sequence[str]) -> Iterator[bytes]:
    for written in keys:
        key = written.lower()
        if is_key(key):
            yield metadata.key_value(talk, found.subject, key, found.traits.get(key))
        else:
            yield metadata.invalid_key(talk, written)


def _list(talk: Talk, target: str, _rest: Sequence[str]) -> Steps:
    def found(answer: Answer) -> Iterator[Step]:
        if isinstance(answer, TraitList):
            lines = [metadata.key_value(talk, answer.subject, key, value) for key, value in answer.traits.items()]
            yield from metadata.together(talk, answer.subject, lines)
        else:
            yield from _no_target(talk, target, answer)

    return (Question(ListTraits(target), found),)


def _set(talk: Talk, target: str, rest: Sequence[str]) -> Steps:
    key, value = rest[0].lower(), rest[1] if len(rest) > 1 else None
    if key == muting.KEY:
        return muting.choose(talk, target, value)
    subject = _subject(talk, target)
    if subject is None:
        return (_not_ones_own(talk, target, rest[0]),)

    def done(answer: Answer) -> Iterator[Step]:
        if not isinstance(answer, Refusal):
            yield metadata.key_value(talk, subject or talk.nick, key, _kept(talk, subject, key))
        elif answer.code == "unchanged":
            yield metadata.key_value(talk, subject or talk.nick, key, None)
        else:
            yield metadata.refused(talk, target, rest[0], answer)

    return (Question(SetTrait(key, value, subject), done),)


def _kept(talk: Talk, subject: str, key: str) -> str | None:
    """Return what is noted now, which may be less than was sent."""
    house = talk.settings.house
    if not subject:
        return house.traits_of(talk.require_person().id).get(key)
    return house.require_channel(subject).traits.get(key)


def _subject(talk: Talk, target: str) -> str | None:
    """Return whom the core is to note something about: "" for oneself, and None for others, who do that themselves."""
    if target.startswith("#"):
        return target
    return "" if find_key(target) == talk.require_person().key else None


def _clear(talk: Talk, target: str, _rest: Sequence[str]) -> Steps:
    subject = _subject(talk, target)
    if subject is None:
        return (_not_ones_own(talk, target, "*"),)

    def found(answer: Answer) -> Iterator[Step]:
        if not isinstance(answer, TraitList):
            yield from _no_target(talk, target, answer)
            return
        lines: list[bytes] = []
        for key in answer.traits:
            yield Question(SetTrait(key, None, subject), partial(_cleared, talk, answer, key, lines))
        if not answer.traits:
            yield from metadata.together(talk, answer.subject, ())

    return (Question(ListTraits(target), found),)


def _cleared(talk: Talk, found: TraitList, key: str, lines: list[bytes], answer: Answer) -> Iterator[Step]:
    """Collect what comes of each, and tell it when all is done."""
    if isinstance(answer, Refusal) and answer.code != "unchanged":
        lines.append(metadata.refused(talk, found.subject, key, answer))
    else:
        lines.append(metadata.key_value(talk, found.subject, key, None))
    if len(lines) == len(found.traits):
        yield from metadata.together(talk, found.subject, lines)


def _subscribe(talk: Talk, _target: str, keys: Sequence[str]) -> Iterator[Step]:
    added = []
    for written in keys:
        key = written.lower()
        if not is_key(key):
            yield metadata.invalid_key(talk, written)
        elif key not in talk.subscriptions and len(talk.subscriptions) >= SUBSCRIPTIONS:
            text = f"{SUBSCRIPTIONS} keys are the most"
            yield talk.fail("METADATA", "TOO_MANY_SUBS", written, text=text)
            break
        else:
            talk.subscriptions[key] = None
            added.append(key)
    yield from _in_lines(talk, Numeric.RPL_METADATASUBOK, added)
    for room in talk.rooms.values():
        if added and room.kind is RoomKind.CHANNEL and len(room.members) <= metadata.SYNCED:
            yield from metadata.sync_room(talk, room, added)
    if muting.KEY in added and talk.is_welcome:
        yield from muting.tell_all(talk)


def _unsubscribe(talk: Talk, _target: str, keys: Sequence[str]) -> Iterator[Step]:
    removed = []
    for written in keys:
        key = written.lower()
        if is_key(key):
            talk.subscriptions.pop(key, None)
            removed.append(key)
        else:
            yield metadata.invalid_key(talk, written)
    yield from _in_lines(talk, Numeric.RPL_METADATAUNSUBOK, removed)


def _subscriptions(talk: Talk, _target: str, _rest: Sequence[str]) -> Iterator[Step]:
    yield from _in_lines(talk, Numeric.RPL_METADATASUBS, list(talk.subscriptions))


def _sync(talk: Talk, target: str, _rest: Sequence[str]) -> Iterator[Step]:
    if target.startswith("#"):
        room = talk.find_room(target)
        if room is None:
            yield metadata.invalid_target(talk, target)
        else:
            yield from metadata.sync_room(talk, talk.rooms[room.id], talk.subscriptions)
    elif talk.settings.house.find_named(target) is None:
        yield metadata.invalid_target(talk, target)
    else:
        yield from metadata.sync_person(talk, target)


def _in_lines(talk: Talk, number: Numeric, keys: Sequence[str]) -> Iterator[bytes]:
    head = len(talk.numeric(number, text=""))
    for line in fill(dict.fromkeys(keys), LINE_LIMIT - head):
        yield talk.numeric(number, *line.split(" "))


def _no_target(talk: Talk, target: str, answer: Answer) -> Iterator[bytes]:
    if isinstance(answer, Refusal):
        yield (
            metadata.invalid_target(talk, target)
            if answer.code in metadata.UNKNOWN
            else talk.refuse("METADATA", answer)
        )


def _not_ones_own(talk: Talk, target: str, key: str) -> bytes:
    if talk.settings.house.find_named(target) is None:
        return metadata.invalid_target(talk, target)
    text = "Only he himself notes that"
    return talk.fail("METADATA", "KEY_NO_PERMISSION", as_parameter(target), as_parameter(key), text=text)


WISHES: Final[Mapping[str, tuple[Wish, int]]] = {
    "GET": (_get, 1),
    "LIST": (_list, 0),
    "SET": (_set, 1),
    "CLEAR": (_clear, 0),
    "SUB": (_subscribe, 1),
    "UNSUB": (_unsubscribe, 1),
    "SUBS": (_subscriptions, 0),
    "SYNC": (_sync, 0),
}
"""What can be asked, each with how many more parameters it needs."""

EARLY_WISHES: Final[Mapping[str, tuple[Wish, int]]] = {
    "SET": (pre_metadata.note, 1),
    "SUB": (_subscribe, 1),
    "UNSUB": (_unsubscribe, 1),
    "SUBS": (_subscriptions, 0),
}
"""The same before one is in: nothing is known yet of whom it is about."""

COMMANDS: Final[Mapping[str, Entry]] = {"METADATA": Entry(tell, least=2, is_early=True)}
