"""SSH on the port, where what it takes is installed. Its libraries are not loaded before somebody speaks it."""

import asyncio
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import structs

from hubbub.gateways.closing import Closing
from hubbub.server.errors import StartError
from hubbub.server.host_key import HOST_KEY_FILE, host_key_fingerprint, load_host_key
from hubbub.server.listen import ListenAddress

if TYPE_CHECKING:
    from asyncssh import SSHServerConnectionOptions

    from hubbub.gateways.ssh.conversation import SshSettings
    from hubbub.gateways.ssh.visit import SshParts, Visit
    from hubbub.gateways.surroundings import Host, Services
    from hubbub.service.peers import Peer

NEWCOMERS: Final = 100
"""Most visits that have not come in yet; one more, and the oldest of them ends. Each takes some 30 kB. As sshd has it
(sshd_config(5), MaxStartups), but for whom it turns away: here those who wait lose their places to those who come."""

KEY_EXCHANGES: Final = (
    "mlkem768x25519-sha256",
    "curve25519-sha256",
    "curve25519-sha256@libssh.org",
    "ecdh-sha2-nistp256",
)
"""All that take less than a few milliseconds: with groups of large primes, a stranger could have us calculate as long
as he likes. RFC 8731, RFC 5656; every client of the last ten years knows one of them."""

WINDOW_BYTES: Final = 65_536
"""What a client may send that the chat has not taken yet: four of the longest lines. RFC 4254 section 5.2."""

PACKET_BYTES: Final = 4_096
"""Most of that in one packet, which is understood in one go while nobody else is heard. RFC 4254 section 5.2."""


def is_ssh_installed() -> bool:
    """Return whether the extra `ssh` is there."""
    return find_spec("asyncssh") is not None


def require_ssh(listeners: Sequence[ListenAddress]) -> None:
    """Raise `StartError` where a listener is for SSH alone, and nobody here speaks it."""
    if any(one.protocol == "ssh" for one in listeners) and not is_ssh_installed():
        raise StartError("A listener for SSH needs an extra that is not installed: pip install 'hubbub[ssh]'")


class Ssh:
    """Loads what it takes, once, and bounds how many are there that have not come in."""

    def __init__(self, folder: Path) -> None:
        """Take the host key of the data folder, or make one. Raises `StartError`."""
        self._host_key = load_host_key(folder)
        self.fingerprint = host_key_fingerprint(self._host_key, folder / HOST_KEY_FILE)
        """By which clients know the server again."""
        self._services: Services | None = None
        self._settings: SshSettings | None = None
        self._newcomers: dict[Visit, None] = {}
        self._loading = asyncio.Lock()
        self._parts: SshParts | None = None

    def use(self, services: "Services", settings: "SshSettings") -> None:
        """Let whoever comes from now on be served by these."""
        self._services, self._settings = services, settings
        if self._parts is not None:
            self._parts = structs.replace(self._parts, services=services, settings=settings)

    @property
    def is_loaded(self) -> bool:
        """Whether a visit can begin."""
        return self._parts is not None

    async def load(self) -> None:
        """Get ready; harmless when repeated."""
        async with self._loading:
            if self._parts is None:
                # In a thread, as for the web: it takes as long.
                options = await asyncio.to_thread(_load, self._host_key)
                self._parts = _join(options, self._services, self._settings)

    def connect(self, peer: "Peer", host: "Host") -> "Visit":
        """Return the protocol for a connection, once everything is loaded."""
        from hubbub.gateways.ssh.visit import Visit  # noqa: PLC0415 - loaded when it is needed

        if self._parts is None:
            raise RuntimeError("nothing is loaded yet")
        visit = Visit(self._parts, peer, host, self)
        self._newcomers[visit] = None
        if len(self._newcomers) > NEWCOMERS:
            oldest = next(iter(self._newcomers))
            self.left(oldest)
            oldest.close(Closing.TOO_MANY)
        return visit

    def left(self, visit: "Visit") -> None:
        """Take note that somebody has come in, or is gone; harmless when repeated."""
        self._newcomers.pop(visit, None)


def _load(host_key: bytes) -> "SSHServerConnectionOptions":
    from asyncssh import SSHServerConnectionOptions, import_private_key  # noqa: PLC0415 - loaded when it is needed

    import hubbub.gateways.ssh.visit  # noqa: F401, PLC0415 - as above

    return SSHServerConnectionOptions(
        server_host_keys=[import_private_key(host_key)],
        server_version="hubbub",
        kex_algs=KEY_EXCHANGES,
        # Compressed, a few bytes could be megabytes.
        compression_algs=("none",),
        gss_host=None,
        agent_forwarding=False,
        x11_forwarding=False,
        allow_scp=False,
        line_editor=False,
        encoding=None,
        window=WINDOW_BYTES,
        max_pktsize=PACKET_BYTES,
        # How long it may take to come in is for the visit to say.
        login_timeout=0,
    )


def _join(
    options: "SSHServerConnectionOptions", services: "Services | None", settings: "SshSettings | None"
) -> "SshParts":
    from hubbub.gateways.ssh.visit import SshParts  # noqa: PLC0415 - loaded when it is needed

    if services is None or settings is None:
        raise RuntimeError("nobody is served yet")
    return SshParts(options, services, settings)
