"""The table of all slash commands: how a line is understood, and how each command is explained."""

from collections.abc import Iterator
from typing import Final, get_args

from hubbub.core.words import nearest
from hubbub.wire.slash.accounts import ACCOUNTS
from hubbub.wire.slash.attention import ATTENTION
from hubbub.wire.slash.everyday import EVERYDAY
from hubbub.wire.slash.finding import FINDING
from hubbub.wire.slash.hooks import HOOKS
from hubbub.wire.slash.meanings import Area, Meaning, Misuse, SlashCommand, Unknown
from hubbub.wire.slash.messages import MESSAGES
from hubbub.wire.slash.moderation import MODERATION
from hubbub.wire.slash.people import PEOPLE
from hubbub.wire.slash.rooms import ROOMS
from hubbub.wire.slash.server import SERVER
from hubbub.wire.slash.transfer import TRANSFER

_TABLE: Final = (
    *EVERYDAY,
    *FINDING,
    *MESSAGES,
    *TRANSFER,
    *ATTENTION,
    *ACCOUNTS,
    *PEOPLE,
    *ROOMS,
    *HOOKS,
    *MODERATION,
    *SERVER,
)

COMMANDS: Final = {word: command for command in _TABLE for word in command.words}
"""Every word that may stand after a slash."""

AREAS: Final[tuple[Area, ...]] = get_args(Area)
"""What `/help` can be asked about, besides single commands."""

_FORM_WIDTH: Final = 24
"""Room for the form of a command in a list, in characters; a longer one pushes what is behind it aside."""

_PLAIN_TEXT: Final = "Anything else is said in your current room; //x says /x."
_MORE: Final = "/help messages, reading, account, rooms, moderation, server"


def parse_slash(line: str, room: str) -> Meaning:
    """Return what a line that begins with `/` means to someone whose current room is `room` (empty: in none)."""
    word, _, rest = line[1:].partition(" ")
    command = COMMANDS.get(word.lower())
    if command is None:
        return Unknown(word, nearest(word.lower(), COMMANDS))
    meaning = command.mean(rest.strip(), room)
    return Misuse(_explain_misuse(command)) if meaning is None else meaning


def explain_usage(command: SlashCommand) -> str:
    """Return one line that says how a command is written."""
    return f"Usage: {command.form} - {command.help}"


def _explain_misuse(command: SlashCommand) -> str:
    """Return its usage, and what may have been missing."""
    usage = explain_usage(command)
    match command.more:
        case ():
            return usage
        case (only,):
            return f"{usage}. {only}"
        case _:
            return f"{usage}. More: /help {command.words[0]}"


def explain(topic: str) -> list[str]:
    """Return the help for one command or one area, or, for an empty topic, what one needs every day."""
    word = topic.lower().removeprefix("/")
    if not word:
        return ["Commands (/help COMMAND explains one):", *_list("everyday"), _PLAIN_TEXT, _MORE]
    command = COMMANDS.get(word)
    area = [line for area in AREAS if area == word for line in (f"Commands for {area}:", *_list(area))]
    if command is None:
        if area:
            return area
        near = nearest(word, COMMANDS)
        hint = f"Did you mean /{near}?" if near else "/help lists them all."
        return [f"There is no command {topic}. {hint}"]
    also = "".join(f" /{other}" for other in command.words[1:])
    return [explain_usage(command), *command.more, *([f"Also:{also}"] if also else []), *area]


def _list(area: Area) -> Iterator[str]:
    for command in _TABLE:
        if command.area == area and command.is_listed:
            yield f"{command.form:<{_FORM_WIDTH}}  {command.help}"
