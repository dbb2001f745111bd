"""One actor of a dialogue: a real client, and what the script has heard of it so far."""

import itertools
from collections.abc import Callable, Sequence
from typing import Final

from tests.harness.errors import Unmet
from tests.harness.heard import TEXT_KINDS, Wanted, normalise, take_piece, wanted_lines
from tests.harness.script import Doing, Expected, Kind
from tests.seeds.client import Address, Client
from tests.seeds.irc import IrcClient, ModernIrcClient
from tests.seeds.lines import PROMPT
from tests.seeds.native import NativeClient
from tests.seeds.netcat import NetcatClient
from tests.seeds.page import PageClient
from tests.seeds.s0 import S0Client
from tests.seeds.s1 import S1Client
from tests.seeds.s2 import S2Client
from tests.seeds.s3 import S3Client
from tests.seeds.s4 import S4Client
from tests.seeds.screen import End, Ending, NothingShownError
from tests.seeds.telnet import TelnetClient

PATIENCE_SECONDS: Final = 60.0
"""How long an actor waits for what is expected. Only a bound: everything is awaited as it comes.

A password is hashed when the machine has nothing else to do, and a busy one may not have it for long.
"""

PASSWORD: Final = "four-words-in-a-row"
"""The password of every account in a dialogue that the script does not type."""

CLIENTS: Final[dict[Kind, Callable[[Address, str], Client]]] = {
    "s0": S0Client,
    "s1": S1Client,
    "s2": S2Client,
    "s3": S3Client,
    "s4": S4Client,
    "netcat": NetcatClient,
    "telnet": TelnetClient,
    "page": PageClient,
    "native": NativeClient,
    "irc": IrcClient,
    "irc3": ModernIrcClient,
}

CHUNK_KINDS: Final = frozenset({"s0", "s4"})
"""The kinds that send without line ends: what they say is one message only after a pause, or when something answers."""

NAMED_BY_CONNECTING: Final = frozenset({"s1", "s2", "native"})
"""The kinds whose program sends its user's name by itself."""

_tokens = itertools.count(1)


class Actor:
    """A name in the script, a kind, and the client of the moment."""

    def __init__(
        self, name: str, kind: Kind, capabilities: Sequence[str] | None = None, *, has_account: bool = False
    ) -> None:
        """`capabilities` are those that an IRC client switches on, where they are not those of its kind.

        Who has an account before the scene logs in to it when he arrives.
        """
        self.name = name
        self._has_account = has_account
        self._capabilities = capabilities
        self.kind: Final = kind
        self.named = False
        """Whether the server has been given a name, so that it takes commands."""
        self.spoke = False
        """Whether something was said since the last barrier."""
        self.sent_away = False
        """Whether the script has said that the server closed the connection."""
        self._client: Client | None = None
        self._ignored: list[Wanted] = []

    @property
    def present(self) -> bool:
        """Whether the actor has a client that is connected."""
        return self.entered and self.ending is None

    @property
    def client(self) -> Client:
        """The client of the moment; raise `Unmet` before the first."""
        if self._client is None:
            raise Unmet(f"{self.name} has not connected yet")
        return self._client

    @property
    def ending(self) -> Ending | None:
        """How the client ended; None while it lives, and before the first."""
        return None if self._client is None else self._client.screen.ending

    @property
    def entered(self) -> bool:
        """Whether the actor ever had a client."""
        return self._client is not None

    @property
    def listening(self) -> bool:
        """Whether the actor is there, or was until the server closed the connection."""
        return self.entered and (self.ending is None or self.ending.how is not End.LEFT)

    def connect(self, address: Address, name: str = "") -> None:
        """Start a new client for a user of this name (the actor's, if empty).

        Raise `Unmet` if the old one is still connected.
        """
        if self.present:
            raise Unmet(f"{self.name} is connected already")
        if self._client is not None:
            self._client.leave()
        self._client = self._make_client(address, name or self.name)
        self.named = self.kind in NAMED_BY_CONNECTING
        self.spoke = self.named
        self.sent_away = False
        self._client.connect()

    def arrive(self, address: Address, name: str = "") -> None:
        """Connect, give the name, and take everything that is shown until a barrier has been answered."""
        self.connect(address, name)
        if self.kind in TEXT_KINDS:
            self.client.screen.pick(lambda line: PROMPT in line, PATIENCE_SECONDS)
            self.say(f"/login {self.name} {PASSWORD}" if self._knows_password else self.client.name)
            assigned = f"You have been assigned the username '{self.client.name}'."
            self.client.screen.pick(lambda line: assigned in line, PATIENCE_SECONDS)
        if isinstance(self.client, IrcClient):
            self._register(self.client)
        self.barrier()
        self.client.screen.clear()

    def _make_client(self, address: Address, name: str) -> Client:
        if self._capabilities is not None:
            return IrcClient(address, name, self._capabilities)
        return CLIENTS[self.kind](address, name)

    @property
    def _knows_password(self) -> bool:
        return self._has_account and self.client.name == self.name

    def _register(self, client: IrcClient) -> None:
        client.register(PASSWORD if self._knows_password else "")
        client.screen.pick(lambda line: line.startswith("001 "), PATIENCE_SECONDS)
        self.say("JOIN #lobby")

    def say(self, text: str) -> None:
        """Type a line."""
        self.client.say(text)
        self.named = True
        self.spoke = True

    def upload(self, name: str, content: str) -> None:
        """Send a file by the account of this name, and be shown what became of it; raise `Unmet` if nobody takes it."""
        if not isinstance(self.client, IrcClient):
            raise Unmet(f"{self.name} knows no place for files")
        if not self.client.filehost:
            raise Unmet(f"the server has told {self.name} of no place for files")
        self.client.upload(PASSWORD, name, content.encode())

    def barrier(self) -> None:
        """Ask the server for an answer and wait for it: what was said before is stored and delivered by then."""
        token = f"barrier-{next(_tokens)}"
        self.say(f"/ping {token}")
        self.client.screen.pick(lambda line: token in line, PATIENCE_SECONDS)
        self.spoke = False

    def hear(self, expected: Expected) -> None:
        """Take what is expected, which has to come next; raise `Unmet` if something else comes."""
        if isinstance(expected, Doing) and self._may_divide(expected):
            self._hear_pieces(expected)
            return
        for wanted in wanted_lines(self.kind, expected):
            self._require(wanted)

    def hear_at_last(self, expected: Expected) -> None:
        """Take what is expected, and whatever comes before it."""
        wanted_here = wanted_lines(self.kind, expected)
        if not wanted_here:
            return
        first, *others = wanted_here
        while not first.meets(self._next(first)):
            pass
        for wanted in others:
            self._require(wanted)

    def unheard(self) -> list[str]:
        """Give the lines that nobody has asked for, without the ignored ones."""
        lines = [normalise(self.kind, line) for line in self.client.screen.unheard]
        return [line for line in lines if not self._ignores(line)]

    def ignore(self, expected: Expected) -> None:
        """From now on do not look at lines like this."""
        self._ignored += wanted_lines(self.kind, expected)

    def leave(self, *, vanishing: bool) -> None:
        """Close the connection, in order or with a reset."""
        if vanishing:
            self.client.vanish()
        else:
            self.client.leave()

    def finish_input(self) -> None:
        """Say that no more will be typed; raise `Unmet` if the program knows no such thing."""
        if not isinstance(self.client, NetcatClient):
            raise Unmet(f"{self.name}'s program ends with its input")
        self.client.finish_input()

    def require_answered(self) -> None:
        """See that every telnet option has had its answer; raise `Unmet` if one has not."""
        if not isinstance(self.client, TelnetClient):
            raise Unmet(f"{self.name} has nothing to negotiate")
        if self.client.unanswered:
            raise Unmet(f"{self.name} got no answer to {sorted(self.client.unanswered)} (command, option)")

    def be_disconnected(self) -> None:
        """Wait until the server has closed the connection; raise `Unmet` if it died of it, or was shown something."""
        ending = self.client.screen.wait_for_ending(PATIENCE_SECONDS)
        if ending.how is not End.DISCONNECTED:
            raise Unmet(f"{self.name} {ending.how.value}: {ending.why}")
        if self.unheard():
            raise Unmet(f"{self.name} was shown something before the end: {self.unheard()}")
        self.sent_away = True

    def _may_divide(self, doing: Doing) -> bool:
        # Where frames hold the text, its lines may share one or have one each.
        return self.kind not in TEXT_KINDS and (doing.in_pieces or "\n" in doing.text)

    def _hear_pieces(self, doing: Doing) -> None:
        rest = doing.text
        wanted = Wanted(wanted_lines(self.kind, doing)[0].pattern, f"the rest of a long text, {doing.text[:20]!r}…")
        while rest:
            line = self._next(wanted)
            left = take_piece(self.kind, doing, rest, line)
            if left is None:
                raise self._unmet(wanted, line)
            rest = left

    def _require(self, wanted: Wanted) -> None:
        line = self._next(wanted)
        if not wanted.meets(line):
            raise self._unmet(wanted, line)

    def _unmet(self, wanted: Wanted, line: str) -> Unmet:
        return Unmet(f"{self.name} expected {wanted.words}\n    but was shown {line!r}")

    def _next(self, wanted: Wanted) -> str:
        while True:
            try:
                line = normalise(self.kind, self.client.screen.take(PATIENCE_SECONDS))
            except NothingShownError as error:
                raise Unmet(f"{self.name} expected {wanted.words}\n    but {error}") from error
            if not self._ignores(line):
                return line

    def _ignores(self, line: str) -> bool:
        return any(ignored.meets(line) for ignored in self._ignored)
