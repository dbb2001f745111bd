"""Whom one hears: SILENCE, which is to block somebody, and ACCEPT, which is to let him write whoever else may.

Both are about people, here or offline, and hold in every protocol; of a mask only its nick counts.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from hubbub.core.answers import Answer
from hubbub.core.features.blocking import BLOCKS_LIMIT, Block, Unblock
from hubbub.core.features.senders import ACCEPTED_LIMIT, Accept, Unaccept
from hubbub.core.kinds import Refusal
from hubbub.core.patterns import is_pattern
from hubbub.core.people_answers import AcceptedChanged, AcceptedList, BlockList, BlocksChanged
from hubbub.core.queries import ListAccepted, ListBlocks
from hubbub.gateways.irc import refusals
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.filling import fill
from hubbub.gateways.irc.talk import Question, Step, Talk, as_parameter
from hubbub.wire.irc.masks import parse_source
from hubbub.wire.irc.message import LINE_LIMIT, IrcMessage, encode_line
from hubbub.wire.irc.numerics import Numeric

ISUPPORT: Final[Mapping[str, str]] = {
    "CALLERID": "g",
    "ACCEPT": str(ACCEPTED_LIMIT),
    "SILENCE": str(BLOCKS_LIMIT),
}
"""What clients are told of it."""


def silence(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Hear people no longer, or again, or list whom one does not hear. InspIRCd, UnrealIRCd."""
    wishes = _wishes(message)
    if not wishes:
        yield Question(ListBlocks(), partial(_silenced, talk))
    for is_off, mask in wishes:
        name = parse_source(mask).nick
        if is_pattern(name) or not name:
            sentence = f"People are silenced by name: SILENCE +nick. To hear only whom you accept: MODE {talk.nick} +g"
            yield talk.fail("SILENCE", "INVALID_MASK", as_parameter(mask), text=sentence)
        elif is_off:
            yield Question(Unblock((name,)), partial(_changed, talk, "-", name))
        else:
            yield Question(Block((name,)), partial(_changed, talk, "+", name))


def _wishes(message: IrcMessage) -> list[tuple[bool, str]]:
    """Return what is wanted, each with whether it is to end."""
    words = [word for word in ",".join(message.params).split(",") if word]
    return [(word.startswith("-"), word[1:] if word[0] in "+-" else word) for word in words]


def _silenced(talk: Talk, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, BlockList):
        for name in answer.names:
            yield talk.numeric(Numeric.RPL_SILELIST, talk.nick, _mask(name))
        yield talk.numeric(Numeric.RPL_ENDOFSILELIST, text="End of the list")
    elif isinstance(answer, Refusal):
        yield talk.refuse("SILENCE", answer)


def _changed(talk: Talk, sign: str, name: str, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, BlocksChanged):
        for changed in (*answer.names, *answer.unchanged):
            yield encode_line("SILENCE", f"{sign}{_mask(changed)}", source=talk.source)
        for unknown in answer.unknown:
            yield refusals.nobody(talk, unknown)
    elif isinstance(answer, Refusal) and answer.code == "list_full":
        yield talk.numeric(Numeric.ERR_SILELISTFULL, as_parameter(_mask(name)), text=answer.sentence)
    elif isinstance(answer, Refusal):
        yield talk.fail("SILENCE", answer.code.upper(), as_parameter(name), text=answer.sentence)


def _mask(name: str) -> str:
    return f"{name}!*@*"


def accept(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Let people write to one whom user modes `R` and `g` keep off, or no longer, or list them. Solanum, Ergo."""
    wishes = _wishes(message)
    if not wishes:
        yield Question(ListAccepted(), partial(_accepted, talk))
    for is_off, name in wishes:
        if name == "*" and not is_off:
            yield Question(ListAccepted(), partial(_accepted, talk))
        elif is_off:
            yield Question(Unaccept((name,)), partial(_accepting, talk, name, Numeric.ERR_ACCEPTNOT))
        else:
            yield Question(Accept((name,)), partial(_accepting, talk, name, Numeric.ERR_NOSUCHNICK))


def _accepted(talk: Talk, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, AcceptedList):
        head = len(talk.numeric(Numeric.RPL_ACCEPTLIST, text=""))
        for line in fill(answer.names, LINE_LIMIT - head):
            yield talk.numeric(Numeric.RPL_ACCEPTLIST, text=line)
        yield talk.numeric(Numeric.RPL_ENDOFACCEPT, text="End of the list")
    elif isinstance(answer, Refusal):
        yield talk.refuse("ACCEPT", answer)


def _accepting(talk: Talk, name: str, number: Numeric, answer: Answer) -> Iterator[Step]:
    """Say why it was not done; otherwise there is no answer."""
    if isinstance(answer, AcceptedChanged):
        for unchanged in answer.unchanged:
            yield talk.numeric(Numeric.ERR_ACCEPTEXIST, unchanged, text="You have accepted him already")
        for unknown in answer.unknown:
            text = "You have not accepted him" if number is Numeric.ERR_ACCEPTNOT else "Nobody is called so"
            yield talk.numeric(number, as_parameter(unknown), text=text)
    elif isinstance(answer, Refusal) and answer.code == "list_full":
        yield talk.numeric(Numeric.ERR_ACCEPTFULL, text=answer.sentence)
    elif isinstance(answer, Refusal):
        yield talk.fail("ACCEPT", answer.code.upper(), as_parameter(name), text=answer.sentence)


COMMANDS: Final[Mapping[str, Entry]] = {"SILENCE": Entry(silence), "ACCEPT": Entry(accept)}
