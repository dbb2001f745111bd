"""`hubbub chat`: talk, in a terminal."""

import errno
import os
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import click

from hubbub.cli import remembered
from hubbub.cli.memory import FileMemory
from hubbub.cli.reaching import EXIT_USAGE, HERE, VARIABLE, login_name, run
from hubbub.cli.telling import tell

if TYPE_CHECKING:
    from hubbub.tui.buffers import Buffer
    from hubbub.tui.choices import Choice
    from hubbub.tui.desk import Desk
    from hubbub.tui.keeping import Keeping
    from hubbub.tui.lines import Reading
    from hubbub.tui.notifying import Notifying
    from hubbub.tui.plain import Plain
    from hubbub.tui.settings import Settings

_EXAMPLES: Final = """\b
Examples:
  hubbub chat                                 where you were last, else on this machine
  hubbub chat chat.example --name ann
  hubbub chat 'hubbub://chat.example/#tea'    straight into a room
  hubbub chat https://chat.example/invite/7K3M-9Q2X-0ZTB-4V8N
  hubbub chat --plain < script.txt            say what stands there, line by line
"""
"""Shown below the help; click keeps the lines as they are after its mark `\\b`."""


def _complete_server(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """Return the servers that are remembered, for the shell."""
    try:
        return [endpoint for endpoint in remembered.load().servers if endpoint.startswith(begun)]
    except remembered.BadFileError:
        return []


@click.command(epilog=_EXAMPLES)
@click.argument("where", required=False, metavar="[HOST[:PORT] | LINK]", shell_complete=_complete_server)
@click.option("--name", metavar="NAME", help="What to be called as a guest; else you are asked.")
@click.option("--plain", is_flag=True, help="Line by line: for screen readers, pipes and simple terminals.")
def chat(*, where: str | None, name: str | None, plain: bool) -> None:
    """Talk. A name is enough; /help shows what else there is.

    WHERE is a server, a link to a room (hubbub://HOST/#room) or an invitation. Whoever has logged in there is himself.
    Nothing that you write is lost: what cannot be sent waits on disk, and is sent in order, once, as soon as it can be.

    Where standard input is no terminal, each of its lines is said or obeyed, and the exit code is 0 if all of it was.
    """
    _open_all()
    run(_chat(where, name, is_plain=plain))


def _open_all() -> None:
    """Have something to read from and to write to, also where whoever has started this has closed it."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - for as long as it runs


async def _chat(where: str | None, name: str | None, *, is_plain: bool) -> int:
    import asyncio

    from hubbub.cli.ending import SIGNALLED, Ending
    from hubbub.tui.desk import Desk
    from hubbub.tui.lines import Reading, TypedReading, is_dumb, is_terminal, make_text
    from hubbub.tui.plain import Plain

    name = None if name is None else make_text(name)
    settings = _load_settings()
    keeping = await _open_keeping()
    ending = Ending()
    desk = Desk(keeping)
    seat: list[Plain] = []
    lines = TypedReading(lambda begun: seat[0].complete(begun) if seat else []) if is_terminal() else Reading()
    try:
        memory = FileMemory(make_text(login_name()))
        choices = await _choose(memory, keeping, lines, where, name)
        if not is_plain and is_terminal() and not is_dumb():
            code = await _draw(desk, memory, choices, settings)
            return ending.exit_code or code
        if isinstance(lines, TypedReading) and keeping is not None:
            lines.remember(await keeping.load_typed())
        seat.append(Plain(desk, memory, lines, is_name_chosen=name is not None, times=settings.times))
        if lines.is_typed:
            desk.subscribe(_notifying_lines(settings, seat[0]).hear)
        return await seat[0].run(choices)
    except asyncio.CancelledError:
        if ending.exit_code is None:
            raise
        return ending.exit_code
    except OSError as error:
        # The terminal is gone, which whoever writes to it may notice first.
        if error.errno != errno.EIO:
            raise
        return SIGNALLED + signal.SIGHUP
    finally:
        ending.finish()
        await desk.close()
        lines.close()


async def _draw(desk: "Desk", memory: FileMemory, choices: "Sequence[Choice]", settings: "Settings") -> int:
    """Let it all be drawn on the whole terminal."""
    from hubbub.tui.app import ChatApp
    from hubbub.tui.notifying import Notifying, write_to_terminal

    async def connect(_: object) -> None:
        for choice in choices:
            desk.connect(choice)

    def is_looked_at(buffer: "Buffer") -> bool:
        return app.app_focus and getattr(app.screen_stack[0], "current", None) is buffer

    def tell_failure(sentence: str) -> None:
        # Standard error leads nowhere while the screen is drawn.
        if app.is_running:
            app.notify(sentence, severity="error", markup=False, timeout=60)
        else:
            tell(sentence)

    app = ChatApp(desk, memory, theme=settings.theme, keys=settings.keys, shows_pictures=settings.pictures)
    if desk.keeping is not None:
        desk.keeping.tell_failures(tell_failure)
    desk.subscribe(Notifying(settings.notifications, write_to_terminal, is_looked_at).hear)
    # Once it is drawn: whoever waits sees at once that something happens, and nothing happens that is not seen.
    await app.run_async(auto_pilot=connect)
    return app.return_code or 0


def _notifying_lines(settings: "Settings", seat: "Plain") -> "Notifying":
    """Ring for what is said elsewhere than in the room before one; a dumb terminal can do no more than that."""
    from msgspec.structs import replace

    from hubbub.tui.lines import is_dumb
    from hubbub.tui.notifying import Notifying, write_to_terminal

    asked = settings.notifications
    asked = replace(asked, terminal="off") if is_dumb() else asked
    return Notifying(asked, write_to_terminal, lambda buffer: buffer is seat.current)


def _load_settings() -> "Settings":
    from hubbub.tui.settings import BadSettings, find_file, load

    try:
        return load(find_file())
    except BadSettings as bad:
        tell(str(bad))
        sys.exit(EXIT_USAGE)


async def _choose(
    memory: FileMemory, keeping: "Keeping | None", lines: "Reading", where: str | None, name: str | None
) -> list["Choice"]:
    """Return where to go: where one is told, else where one was when the last run ended, else the usual server."""
    from hubbub.client.endpoints import BadEndpoint
    from hubbub.tui.memory import Unremembered
    from hubbub.tui.targets import Target, read_target

    try:
        if where is None and name is None and not os.environ.get(VARIABLE) and keeping is not None and lines.is_typed:
            before = await keeping.load_open()
            if before:
                return [memory.choose(Target(endpoint), as_whom) for endpoint, as_whom in before]
        target = read_target(where or os.environ.get(VARIABLE) or remembered.load().default or HERE)
        choice = memory.choose(target, name or "")
    except (BadEndpoint, Unremembered) as error:
        tell(str(error))
        sys.exit(EXIT_USAGE)
    if target.code or (name is None and not choice.who.token):
        choice = await _introduce(choice, lines, target.code, name)
    return [choice]


async def _introduce(choice: "Choice", lines: "Reading", code: str, name: str | None) -> "Choice":
    """Ask what somebody wants to be called, and for the password of the account that an invitation opens."""
    from msgspec.structs import replace

    from hubbub.tui.choices import Who

    usual = name or choice.who.name
    if not lines.is_typed:
        if code:
            tell("An invitation opens an account, and that needs a password. Use it in a terminal.")
            sys.exit(EXIT_USAGE)
        return choice
    if name is None:
        click.echo(f"What do you want to be called? Enter for {usual}:")
        usual = (await lines.read() or "").strip() or usual
    password = await lines.read_secret("Choose a password of 8 characters or more:") if code else ""
    return replace(choice, who=Who(usual, password or "", is_new=bool(code), code=code))


async def _open_keeping() -> "Keeping | None":
    """Open what is kept on disk; where that cannot be, say so and go on without."""
    from hubbub.tui.keeping import Keeping, Unkept, find_file

    keeping = Keeping(find_file(), tell)
    try:
        await keeping.open()
    except Unkept as error:
        await keeping.close()
        tell(f"{error} Nothing is kept in this run.")
        return None
    return keeping
