"""Commands that only a client can obey, besides those that every server understands: `hubbub.wire.slash`."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from hubbub.core.words import nearest
from hubbub.wire.slash.table import COMMANDS, explain


class ClientCommand(NamedTuple):
    """One of them."""

    word: str
    usage: str
    help: str
    more: tuple[str, ...] = ()

    @property
    def form(self) -> str:
        """How it is written."""
        return f"/{self.word} {self.usage}".rstrip()


CLIENT_COMMANDS: Final = {
    command.word: command
    for command in (
        ClientCommand(
            "connect",
            "HOST[:PORT] [NAME]",
            "go to another server as well",
            ("Also hubbubs://HOST (encrypted), hubbub://HOST/#room, or a link to an invitation.",),
        ),
        ClientCommand("disconnect", "[HOST]", "leave a server"),
        ClientCommand("servers", "", "on which servers you are, and which you know"),
        ClientCommand("query", "NAME", "turn to the conversation with somebody"),
        ClientCommand("upload", "PATH [text]", "send a file", ("A path with spaces is written as it is.",)),
        ClientCommand("save", "[#n] [PATH]", "keep a file that a message shows"),
        ClientCommand("open", "[#n]", "open the last link or file, or that of a message"),
        ClientCommand("clear", "", "have an empty window before you; nothing is deleted"),
        ClientCommand("retry", "", "say again what was refused here"),
        ClientCommand("drop", "", "take back what waits here to be said, or was refused"),
        ClientCommand(
            "forget",
            "",
            "keep nothing of this server on this computer",
            ("What was said, what you began to write, and who you are there. What comes next is kept again.",),
        ),
    )
}
"""Every command of the client, by its word."""

_FORM_WIDTH: Final = 24
"""As in the lists of `hubbub.wire.slash.table`."""


SECRETIVE: Final = frozenset({"/login", "/register", "/password", "/unregister", "/claim"})
"""Commands that may have something behind them that nobody else is to see."""


def is_command(line: str) -> bool:
    """Return whether a line is obeyed and not said. A space before the slash must not make a private word public."""
    written = line.lstrip()
    return written.startswith("/") and not written.startswith("//")


def may_hold_secret(line: str) -> bool:
    """Return whether a line is not to be kept among those that come back."""
    return line.split(maxsplit=1)[0].lower() in SECRETIVE if line.strip() else False


def words() -> list[str]:
    """Return every word that may stand after a slash."""
    return sorted({*COMMANDS, *CLIENT_COMMANDS})


def explain_all(topic: str) -> list[str]:
    """Return the help for a command, an area, or what one needs every day."""
    word = topic.lower().removeprefix("/")
    if (command := CLIENT_COMMANDS.get(word)) is not None:
        return [f"Usage: {command.form} - {command.help}", *command.more]
    if word == "client":
        return ["Commands for this client:", *_list()]
    if not word:
        *lines, more = explain("")
        return [*lines, f"{more}, client"]
    return explain(topic)


def suggest(word: str) -> str | None:
    """Return the command that was meant by a word that is none."""
    return nearest(word, words())


def _list() -> Iterator[str]:
    for command in CLIENT_COMMANDS.values():
        yield f"{command.form:<{_FORM_WIDTH}}  {command.help}"
