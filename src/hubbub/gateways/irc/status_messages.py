"""Status messages: what is said to those of a channel who have a role there, `PRIVMSG @#tea :look at this`.

Here it is told each of them alone, with the target before it: so it reaches them in every protocol, and who is not here
finds it later. `STATUSMSG`, https://modern.ircdocs.horse/#statusmsg-parameter
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from hubbub.core.answers import Answer
from hubbub.core.features.messages import Tell
from hubbub.core.kinds import Manner, Refusal
from hubbub.core.message_answers import Told
from hubbub.core.roles import RoomRole
from hubbub.gateways.irc import outcomes
from hubbub.gateways.irc.names import PREFIXES
from hubbub.gateways.irc.talk import Question, Step, Talk, as_parameter
from hubbub.wire.irc.numerics import Numeric

ROLES: Final = {sign: role for role, sign in PREFIXES.items()}

ISUPPORT: Final[Mapping[str, str]] = {"STATUSMSG": "".join(ROLES)}
"""What clients are told of it. 005."""


def is_status(target: str) -> bool:
    """Return whether a target is those of a channel who have a role there: `@#tea`, or `@+#tea`."""
    channel = target.lstrip("".join(ROLES))
    return channel != target and channel.startswith("#")


def say(talk: Talk, command: str, target: str, text: str, manner: Manner) -> Iterator[Step]:
    """Say something to all who have the lowest of the roles, or a higher one."""
    channel = target.lstrip("".join(ROLES))
    signs = target[: -len(channel)]
    people = tuple(_those(talk, channel, min((ROLES[sign] for sign in signs), key=lambda role: role.rank)))
    if people:
        yield Question(Tell(people, f"{target}: {text}", manner), partial(_told, talk, command, target))
    elif command not in outcomes.UNANSWERED:
        where = "Nobody else there has that role" if talk.find_room(channel) else "You are not in there"
        yield talk.numeric(Numeric.ERR_CANNOTSENDTOCHAN, as_parameter(target), text=where)


def _those(talk: Talk, channel: str, least: RoomRole) -> Iterator[str]:
    room = talk.find_room(channel)
    if room is None:
        return
    for person, role in room.roles.items():
        if role.rank >= least.rank and person in room.members and person != talk.require_person().id:
            yield room.members[person].name


def _told(talk: Talk, command: str, target: str, answer: Answer) -> Iterator[Step]:
    """Tell who did not take it; who is away is no news to who asked for nobody in particular."""
    if isinstance(answer, Refusal):
        yield from outcomes.refused(talk, command, target, answer)
    elif isinstance(answer, Told):
        yield from outcomes.echo(talk, talk.echoes.take(*(one.message for one in answer.outcomes)))
        for one in answer.outcomes:
            if one.status == "refused":
                yield from outcomes.outcome(talk, command, one)
