"""The reception: who somebody is who comes by SSH, and that he gets a chat and nothing else.

A key that belongs to an account lets its holder into that account, whatever he calls himself. Other keys are passed
over, so that a client goes on to its next one. Whoever has none that is known comes in as a guest by
`keyboard-interactive` without a question (RFC 4256 section 3.2 lets it have none), unless his name belongs to an
account: then he is asked for its password, and is a guest if he gives none.
"""

from collections.abc import Sequence
from typing import Final, Protocol

from asyncssh import DISC_NO_MORE_AUTH_METHODS_AVAILABLE, ConnectionLost, DisconnectError, SSHKey, SSHServerSession

from hubbub.core.account_requests import LogIn
from hubbub.core.kinds import Refused
from hubbub.gateways.ssh.conversation import Entry
from hubbub.gateways.ssh.link import Owner
from hubbub.service.entrance import Entrance, SshKeyProof
from hubbub.service.peers import Peer

MOST_TRIES: Final = 30
"""How often somebody may try to prove who he is, each of his keys counted. sshd_config(5) allows 6 (MaxAuthTries), and
turns away whoever's agent holds more keys than that."""

ACCOUNT_QUESTION: Final = "Password of {name} (or just Enter, to be a guest): "

Challenge = tuple[str, str, str, tuple[tuple[str, bool], ...]]
"""Title, instruction, language and questions, and of each whether the answer is shown. RFC 4256 section 3.2."""


class Visitor(Protocol):
    """Whoever is received."""

    @property
    def peer(self) -> Peer:
        """Return where he comes from."""

    def open_session(self) -> SSHServerSession[bytes] | None:
        """Begin his chat; None where he has one already."""

    def misunderstood(self) -> None:
        """Take note that nobody could understand him."""


class Reception(Owner):
    """Receives one visitor."""

    def __init__(self, entrance: Entrance, visitor: Visitor) -> None:
        self._entrance = entrance
        self._visitor = visitor
        self._name = ""
        self._tries = 0
        self.entry: Entry | None = None
        """Who he has turned out to be, once nothing more is asked; whatever is proved last holds."""

    # What AsyncSSH asks

    def connection_lost(self, exc: Exception | None) -> None:
        """Take note of why, where it was not he who left."""
        if exc is not None and not isinstance(exc, ConnectionLost):
            self._visitor.misunderstood()

    def begin_auth(self, username: str) -> bool:
        """Ask everybody who he is: without being asked, nobody shows his keys."""
        self._name = username
        return True

    def public_key_auth_supported(self) -> bool:
        """Take keys."""
        return True

    async def validate_public_key(self, username: str, key: SSHKey) -> bool:  # noqa: ARG002 - AsyncSSH's own argument
        """Say whether a key is known; whether somebody holds it, its signature says."""
        self._count_try()
        return await self._entrance.knows_ssh_key(key.public_data)

    async def key_proved(self, data: bytes) -> bool:
        """Let the holder of a key into the account that it belongs to."""
        try:
            proven = await self._entrance.prove(SshKeyProof(data), self._visitor.peer)
        except Refused:
            return False
        self.entry = Entry(self._name, proven)
        return True

    def password_auth_supported(self) -> bool:
        """Take passwords also from programs that cannot be asked questions."""
        return True

    async def validate_password(self, username: str, password: str) -> bool:
        """Let the owner of an account in by its password, and everybody whose name is no account's."""
        if not self._entrance.knows_account(username):
            self.entry = Entry(username)
            return True
        return not await self._find_fault(username, password)

    def kbdint_auth_supported(self) -> bool:
        """Ask questions, where there are any."""
        return True

    def get_kbdint_challenge(self, username: str, lang: str, submethods: str) -> Challenge | bool:  # noqa: ARG002 - AsyncSSH's own arguments
        """Ask for the password of an account; of a guest, nothing."""
        if self._entrance.knows_account(username):
            return _ask(username)
        self.entry = Entry(username)
        return True

    async def validate_kbdint_response(self, username: str, responses: Sequence[str]) -> Challenge | bool:
        """Let the owner of an account in by its password, and as a guest whoever gives none."""
        if not "".join(responses):
            self.entry = Entry(username)
            return True
        fault = await self._find_fault(username, responses[0])
        return _ask(username, fault) if fault else True

    def session_requested(self) -> SSHServerSession[bytes] | bool:
        """Let him chat once."""
        return self._visitor.open_session() or False

    # Not here: forwarding of ports and sockets, tunnels, files. AsyncSSH refuses whatever its owner does not take.

    async def _find_fault(self, username: str, password: str) -> str:
        """Return why the password does not let in; empty where it does."""
        self._count_try()
        try:
            proven = await self._entrance.prove(LogIn(username, password), self._visitor.peer)
        except Refused as refused:
            return refused.refusal.sentence
        self.entry = Entry(username, proven)
        return ""

    def _count_try(self) -> None:
        """Raise what ends the connection, at whoever tries too often."""
        self._tries += 1
        if self._tries > MOST_TRIES:
            raise DisconnectError(DISC_NO_MORE_AUTH_METHODS_AVAILABLE, "Too many tries. Please connect again.")


def _ask(name: str, fault: str = "") -> Challenge:
    # In the question, for what stands above it is not shown by every client.
    return ("", "", "", ((f"{fault} {ACCOUNT_QUESTION.format(name=name)}".lstrip(), False),))
