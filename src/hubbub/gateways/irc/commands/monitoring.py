"""MONITOR, who comes and goes: https://ircv3.net/specs/extensions/monitor, and extended-monitor."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from hubbub.core.answers import Answer
from hubbub.core.attention_requests import WATCHED_LIMIT, WatchPeople
from hubbub.core.kinds import Refusal
from hubbub.core.names import find_key
from hubbub.core.people_answers import PeopleWatched
from hubbub.gateways.irc.capabilities import Capability
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.talk import NOTHING, Question, Step, Steps, Talk, as_parameter
from hubbub.wire.irc.message import LINE_LIMIT, IrcMessage
from hubbub.wire.irc.numerics import Numeric


def monitor(talk: Talk, message: IrcMessage) -> Steps:
    """Look out for people, or no longer, or list them. One sign or letter says what, and it alone."""
    wish, *others = message.params
    names = [name for name in ",".join(others).split(",") if name]
    match wish.upper():
        case "+" | "-" if not names:
            return (talk.numeric(Numeric.ERR_NEEDMOREPARAMS, "MONITOR", text="Say whom: MONITOR + ann,bob"),)
        case "+":
            return _add(talk, names)
        case "-":
            return _remove(talk, names)
        case "C":
            return _remove(talk, list(talk.monitored.values()))
        case "L":
            return _list(talk)
        case "S":
            return _tell(talk, talk.monitored.values())
        case _:
            text = "MONITOR knows +, -, C, L and S"
            return (talk.fail("MONITOR", "INVALID_SUBCOMMAND", as_parameter(wish), text=text),)


def _add(talk: Talk, names: Sequence[str]) -> Steps:
    request = WatchPeople(tuple(names), closely=talk.has(Capability.EXTENDED_MONITOR))
    return (Question(request, partial(_added, talk, names)),)


def _added(talk: Talk, names: Sequence[str], answer: Answer) -> Iterator[Step]:
    if isinstance(answer, PeopleWatched):
        left_over = set(answer.left_over)
        kept = [name for name in dict.fromkeys(names) if name not in left_over]
        for name in kept:
            if key := find_key(name):
                talk.monitored.setdefault(key, name)
        yield from _tell(talk, kept)
        if answer.left_over:
            limit, full = str(WATCHED_LIMIT), ",".join(answer.left_over)
            yield talk.numeric(Numeric.ERR_MONLISTFULL, limit, as_parameter(full), text="You look out for too many")
    elif isinstance(answer, Refusal):
        yield talk.refuse("MONITOR", answer)


def _remove(talk: Talk, names: Sequence[str]) -> Steps:
    for key in map(find_key, names):
        talk.monitored.pop(key, None)
    return (Question(WatchPeople(tuple(names), is_watching=False), lambda _: NOTHING),)


def _tell(talk: Talk, names: Iterable[str]) -> Iterator[Step]:
    """Tell who of them is here, and who is not."""
    house, source = talk.settings.house, talk.settings.names.source
    people = {name: house.find_person(find_key(name)) for name in names}
    here = dict.fromkeys(source(person.id, person.name) for person in people.values() if person is not None)
    yield from _in_lines(talk, Numeric.RPL_MONONLINE, here)
    yield from _in_lines(talk, Numeric.RPL_MONOFFLINE, [name for name, person in people.items() if person is None])


def _list(talk: Talk) -> Iterator[Step]:
    yield from _in_lines(talk, Numeric.RPL_MONLIST, talk.monitored.values())
    yield talk.numeric(Numeric.RPL_ENDOFMONLIST, text="End of the list")


def _in_lines(talk: Talk, number: Numeric, targets: Iterable[str]) -> Iterator[bytes]:
    """Tell targets with commas between them, in as few lines as they go into."""
    room = LINE_LIMIT - len(talk.numeric(number, text=""))
    line = ""
    for target in targets:
        longer = f"{line},{target}" if line else target
        if line and len(longer.encode()) > room:
            yield talk.numeric(number, text=line)
            longer = target
        line = longer
    if line:
        yield talk.numeric(number, text=line)


COMMANDS: Final[Mapping[str, Entry]] = {"MONITOR": Entry(monitor, least=1)}
