"""The settings: what is allowed, and still seldom meant."""

from collections.abc import Iterator, Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from hubbub.server.addresses import WILDCARDS, Address
from hubbub.server.config import Settings
from hubbub.server.doctor.doors import resolve
from hubbub.server.doctor.findings import Finding, ok, warning
from hubbub.server.lan import public_places
from hubbub.server.settings_sources import DEFAULT_SOURCE, Effective


def look_at_settings(effective: Effective, machine: Sequence[Address]) -> Iterator[Finding]:
    """Look at settings that are right each by itself."""
    settings = effective.settings
    sources = dict.fromkeys(value.source for value in effective.values.values() if value.source != DEFAULT_SOURCE)
    yield ok("settings", f"Set by {', '.join(sources)}." if sources else "All as they are by default.")
    for sentence in effective.warnings:
        yield warning("settings", sentence, "Remove them, if they were meant for hubbub.")
    listen = resolve(settings.addresses())
    if any(not _is_own(address.host) for address in listen):
        yield from _judge_open(settings)
    if public_places(listen, machine):
        yield from _judge_public(settings)
    if settings.public_url.startswith("http://") and not _is_own(urlsplit(settings.public_url).hostname or ""):
        yield warning(
            "settings",
            "public_url begins with http://: who follows a link from elsewhere is refused when he logs in.",
            "Write https://, which the same port speaks.",
        )


def _judge_open(settings: Settings) -> Iterator[Finding]:
    """Say what should not be where others than this machine can come."""
    if settings.tls.require == "never":
        yield warning(
            "settings",
            "tls.require is never: passwords of others may come in clear text, for everybody on the way to read.",
            "Set it to remote, the default.",
        )
    if not settings.limits.enabled:
        yield warning(
            "settings",
            "limits.enabled is false: one careless or hostile client can take all there is.",
            "Set it to true, the default, and raise the one limit that is in the way.",
        )


def _judge_public(settings: Settings) -> Iterator[Finding]:
    """Say what should not be where everybody can come."""
    people = settings.people
    if people.access == "anyone" and people.guests:
        yield warning(
            "settings",
            "Everybody on the Internet may come in without an account.",
            "If that is not meant: people.access = invited, and hubbub admin invite.",
        )
    if not settings.limits.connections:
        yield warning(
            "settings",
            "limits.connections is 0: nothing bounds the connections of all addresses together.",
            "Set it to what this machine can carry; 20 000 take less than 1 GB.",
        )


def _is_own(host: str) -> bool:
    if host in WILDCARDS:
        return False
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
