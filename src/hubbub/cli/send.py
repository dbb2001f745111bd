"""`hubbub send`: say something from the shell, to rooms and to people."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import click
import msgspec

from hubbub.cli.files import attach, require_files
from hubbub.cli.reaching import EXIT_REFUSED, Choice, reaching, run, say_refusal, with_server
from hubbub.cli.showing import plain, show_json
from hubbub.cli.telling import tell
from hubbub.cli.texts import check_id, cut, read_text
from hubbub.core.files import FileView
from hubbub.core.kinds import Refused

if TYPE_CHECKING:
    from hubbub.client import Hub

_EXAMPLES: Final = """\b
Examples:
  hubbub send '#lobby' 'hello everybody'
  hubbub send alice,bob 'lunch?'
  make 2>&1 | hubbub send '#ci' --code
  hubbub send '#ci' 'the whole log' --file build.log
  hubbub send '#ci' --reply-to 4-8 'mended'
"""
"""Shown below the help; click keeps the lines as they are after its mark `\\b`."""

TAKEN: Final = frozenset({"delivered", "waiting"})
"""What may become of a message that is as good as delivered."""

_WHY: Final = {
    "refused": "takes no messages from you",
    "unknown": "nobody is called so; rooms are written '#room'",
}
"""Why people have not got it, by what became of it."""


class Outcome(msgspec.Struct, frozen=True):
    """What became of it at one target."""

    target: str
    status: str
    messages: tuple[str, ...] = ()
    """The ids of what was said there; several, where the text was too long for one."""
    reason: str = ""


@click.command(epilog=_EXAMPLES)
@click.argument("targets", metavar="TARGET[,TARGET…]")
@click.argument("text", required=False, metavar="[TEXT|-]")
@click.option("--file", "files", multiple=True, metavar="FILE", help="Show this file with it; - is standard input.")
@click.option("--code", is_flag=True, help="It is code, or what a program printed: keep it as it is.")
@click.option(
    "--reply-to",
    metavar="ID",
    callback=check_id,
    help="Answer this message; the ids stand in what tail and history show.",
)
@click.option("--create", is_flag=True, help="Make rooms that nobody is in.")
@click.option("--json", "is_json", is_flag=True, help="Answer as JSON, for programs: an object a target.")
@with_server
def send(  # noqa: PLR0913 - the options
    choice: Choice,
    *,
    targets: str,
    text: str | None,
    files: tuple[str, ...],
    code: bool,
    reply_to: str | None,
    create: bool,
    is_json: bool,
) -> None:
    """Say TEXT to each TARGET: rooms such as '#ci', and people.

    Without TEXT, or for -, standard input is said, unless there is a file to be shown.

    Prints a line for each target: to standard output where it is delivered, or waits for who is away, and to standard
    error where it is refused, or nobody is called so.

    Exit code 0: all of it is delivered; 1: some is refused or unknown; 2: the command line makes no sense; 3: no
    connection.
    """
    wanted = [target.strip() for target in targets.split(",") if target.strip()]
    if not wanted:
        raise click.UsageError("Say to whom: '#room', or a name, or several with commas between them.")
    if reply_to is not None and len(wanted) > 1:
        raise click.UsageError("An answer goes where the message is: name one target with --reply-to.")
    require_files(files)
    said = "" if files and text is None else read_text(text)
    run(_send(choice, Sending(wanted, said, files, reply_to, is_code=code, creates=create), is_json=is_json))


class Sending(msgspec.Struct, frozen=True):
    """What is to be said, where, and how."""

    targets: Sequence[str]
    text: str
    files: Sequence[str]
    reply_to: str | None
    is_code: bool
    creates: bool


class Part(msgspec.Struct, frozen=True):
    """One message of those that it takes to say it."""

    text: str
    files: tuple[FileView, ...] = ()


async def _send(choice: Choice, sending: Sending, *, is_json: bool) -> int:
    async with reaching(choice) as hub:
        parts = await _make_parts(hub, sending)
        rooms = [target for target in sending.targets if target.startswith("#")]
        people = [target.removeprefix("@") for target in sending.targets if not target.startswith("#")]
        outcomes = [await _say(hub, room, parts, sending) for room in rooms]
        if people:
            outcomes += await _tell(hub, people, parts, sending.reply_to)
    for outcome in outcomes:
        _show(outcome, is_json=is_json)
    return 0 if all(outcome.status in TAKEN for outcome in outcomes) else EXIT_REFUSED


async def _make_parts(hub: "Hub", sending: Sending) -> list[Part]:
    """Return the messages; the first of them shows the files."""
    limits = hub.model.limits
    most = (limits.message_bytes, limits.message_lines) if limits else (0, 0)
    texts = cut(sending.text, *most, is_code=sending.is_code) or [""]
    files = tuple([await attach(hub, file) for file in sending.files])
    return [Part(texts[0], files), *map(Part, texts[1:])]


async def _say(hub: "Hub", room: str, parts: Sequence[Part], sending: Sending) -> Outcome:
    ids: list[str] = []
    try:
        is_in = hub.model.find_room(room) is not None
        if not is_in:
            await come_in(hub, room, creates=sending.creates)
        for part in parts:
            ids += [await _say_part(hub, room, part, sending.reply_to)]
        if not is_in:
            await hub.leave(room)
    except Refused as refused:
        if refused.refusal.code == "no_such_room":
            return Outcome(room, "unknown", (), f"{say_refusal(refused)} --create makes it all the same.")
        return Outcome(room, "refused", tuple(ids), say_refusal(refused))
    return Outcome(room, "delivered", tuple(ids))


async def _say_part(hub: "Hub", room: str, part: Part, reply_to: str | None) -> str:
    if reply_to is not None:
        return await hub.reply(reply_to, part.text, files=part.files)
    return await hub.say(room, part.text, files=part.files)


async def come_in(hub: "Hub", room: str, *, creates: bool) -> None:
    """Come into a room for as long as it takes; what nobody would read is not said by mistake."""
    from hubbub.core.queries import FindTopic

    if not creates:
        try:
            await hub.ask(FindTopic(room))
        except Refused as refused:
            if refused.refusal.code != "no_such_room":
                raise
            raise Refused("no_such_room", f"Nobody is in {room} now.") from None
    await hub.join(room)


async def _tell(hub: "Hub", people: Sequence[str], parts: Sequence[Part], reply_to: str | None) -> list[Outcome]:
    if reply_to is not None:
        return [await _answer(hub, people[0], parts, reply_to)]
    told = [await hub.tell(people, part.text, files=part.files) for part in parts]
    last = told[-1]
    return [
        Outcome(
            outcome.name,
            outcome.status,
            tuple(one[place].message for one in told if one[place].message),
            _WHY.get(outcome.status, ""),
        )
        for place, outcome in enumerate(last)
    ]


async def _answer(hub: "Hub", name: str, parts: Sequence[Part], reply_to: str) -> Outcome:
    try:
        ids = [await hub.reply(reply_to, part.text, files=part.files) for part in parts]
    except Refused as refused:
        return Outcome(name, "refused", (), say_refusal(refused))
    return Outcome(name, "delivered", tuple(ids))


def _show(outcome: Outcome, *, is_json: bool) -> None:
    if is_json:
        show_json(msgspec.to_builtins(outcome))
    elif outcome.status in TAKEN:
        click.echo(plain(f"{outcome.target}: {outcome.status} {' '.join(outcome.messages)}".strip()))
    else:
        tell(plain(f"{outcome.target}: {outcome.status}: {outcome.reason}"))
