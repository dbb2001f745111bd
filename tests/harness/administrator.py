"""The administrator of a dialogue: an account that has claimed the server, as whoever starts one does first of all."""

import re
from typing import Final

from tests.harness.actor import PASSWORD, PATIENCE_SECONDS
from tests.harness.script import Script
from tests.harness.server import Server, ServerError
from tests.harness.stage import APPOINTING, protocol_of
from tests.seeds.netcat import NetcatClient

CLAIM: Final = re.compile(r"/claim (?P<code>[0-9A-Z-]{19})$")
"""What the server prints as long as nobody owns it."""


def appoint(script: Script, server: Server) -> None:
    """Let the script's administrator, if it has one, open an account and claim the server; then he is gone again."""
    if script.administrator:
        claim(server, script.administrator, protocol_of(script, APPOINTING))


def claim(server: Server, name: str, protocol: str) -> None:
    """Open an account with `PASSWORD` that owns a server; raise `ServerError` where somebody owns it already."""
    codes = [found["code"] for line in server.printed if (found := CLAIM.search(line))]
    if not codes:
        raise ServerError(server.explain("it has printed no code to claim it"))
    client = NetcatClient(server.address(protocol), name)
    client.connect()
    try:
        client.say(f"/register {name} {PASSWORD}")
        client.say(f"/claim {codes[-1]}")
        client.screen.pick(lambda line: "You are the owner of this server" in line, PATIENCE_SECONDS)
        client.say("/quit")
        # When the server has closed the connection, nobody who comes later hears him go.
        client.screen.wait_for_ending(PATIENCE_SECONDS)
    finally:
        client.leave()
