"""What the server of a dialogue has to be like for its cast: where it listens, and what is set."""

import signal
from typing import Final, Protocol

from tests.harness.script import Kind, Script
from tests.seeds.client import Address


class Venue(Protocol):
    """What a dialogue needs of a server."""

    def address(self, protocol: str = ..., /) -> Address:
        """Give the address of the listener for a protocol."""

    def start(self) -> None:
        """Start it on the data that it had."""

    def stop(self, number: signal.Signals = ..., /) -> int:
        """Stop it in order by a signal; return its exit code."""

    def kill(self) -> None:
        """Kill it."""


PROTOCOLS: Final[dict[Kind, str]] = {
    "s0": "text",
    "s1": "header-frames",
    "s2": "json-frames",
    "s3": "text-frames",
    "s4": "text",
    "netcat": "text",
    "telnet": "text",
    "page": "auto",
    "native": "auto",
    "irc": "irc",
    "irc3": "irc",
}
"""The protocol of the listener that each kind joins at, when listeners are pinned."""

APPOINTING: Final[Kind] = "netcat"
"""With what the administrator of a script claims the server before the scene."""

ALWAYS_PINNED: Final = "text-frames"
"""S3's client is silent on connecting and dies of a greeting: the one port cannot find out who it is."""

DEFAULT_SETTINGS: Final = {"limits.burst": "1000", "limits.chunk_seconds": "0.02"}
"""Barriers are commands too, and the pause after each chunk of S0 and S4 adds up.

The pace of a person and the pause as it is by default are tested where a script sets them.
"""


def protocol_of(script: Script, kind: Kind) -> str:
    """Say at which listener a kind of client joins."""
    pinned = PROTOCOLS[kind]
    return "auto" if script.one_port and pinned != ALWAYS_PINNED else pinned


def listeners_for(script: Script) -> list[str]:
    """Say where a server has to listen for this cast, as `--listen` takes it."""
    kinds = {*script.cast.values(), *((APPOINTING,) if script.administrator else ())}
    protocols = {protocol_of(script, kind) for kind in kinds} | ({"auto"} if script.encrypted else set())
    return [f"127.0.0.1:0={protocol}" for protocol in sorted(protocols)]


def settings_for(script: Script) -> dict[str, str]:
    """Say what is set on the server."""
    return {**DEFAULT_SETTINGS, **script.settings}
