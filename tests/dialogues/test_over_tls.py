"""What is said and refused over TLS is what is said and refused in clear text, on the one port and by any client."""

from pathlib import Path
from typing import Final

import pytest

from tests.conftest import StartServer
from tests.harness.parse import parse
from tests.harness.play import Player
from tests.harness.stage import ALWAYS_PINNED, settings_for
from tests.harness.tls_relay import Encrypted, TlsRelay

HERE: Final = Path(__file__).parent

SCRIPTS: Final = [
    *("s1/accounts-logging-in", "s1/commands", "s1/talking", "s2/accounts-logging-in", "s2/commands", "s2/talking"),
    *("s4/accounts-logging-in", "text/accounts-by-invitation", "text/accounts-many-connections"),
    *("text/accounts-registering", "text/blocking", "text/broadcast", "text/private", "text/rights", "text/rooms"),
    *("mixed/accounts-on-a-private-server", "mixed/native-privately", "mixed/rights", "mixed/irc-returning"),
]
"""Those about accounts and rights, and some of what everybody does every day."""


@pytest.mark.parametrize("name", SCRIPTS)
def test_dialogue_over_tls(name: str, start_server: StartServer) -> None:
    """The same words, and the same clients behind something that encrypts."""
    path = HERE / f"{name}.dialogue"
    script = parse(path.read_text(), path)
    server = start_server("127.0.0.1:0", f"127.0.0.1:0={ALWAYS_PINNED}", settings=settings_for(script))
    with TlsRelay(server.address("auto")) as relay:
        Player(script, Encrypted(server, relay)).play()
    assert not server.complaints(), server.explain("the server complained")
