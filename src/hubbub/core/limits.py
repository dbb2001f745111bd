"""Limits: how much one person, one connection and one address may take.

Each field is a setting under `limits`, and its annotation says its range, unit and meaning: the help, the error
messages and the table in `docs/how-to/configure.md` are made from it. 0 always means no limit.
"""

from collections.abc import Mapping
from typing import Annotated, Final

import msgspec
from msgspec import Meta

UNIT: Final = "unit"
"""Under this key, an annotation's `extra` holds the unit of the setting, in words."""

MOST_BYTES: Final = 1 << 30
"""Largest size that can be asked for, in bytes: 1 GiB, more than any connection should ever hold."""

MOST_FILE_BYTES: Final = 1 << 50
"""Largest size of what lies on a disk: 1 PiB, more than a server of one machine has."""

MOST_COUNT: Final = 10_000_000
"""Largest count that can be asked for: more sockets than Linux can open (`fs.nr_open` is 2^20 by default)."""

MOST_SECONDS: Final = 86_400
"""Longest time that can be asked for, in seconds: one day."""


def _size(description: str) -> Meta:
    return Meta(ge=0, le=MOST_BYTES, description=description, extra={UNIT: "bytes"})


def _file_size(description: str) -> Meta:
    return Meta(ge=0, le=MOST_FILE_BYTES, description=description, extra={UNIT: "bytes"})


def _count(unit: str, description: str) -> Meta:
    return Meta(ge=0, le=MOST_COUNT, description=description, extra={UNIT: unit})


def _time(description: str) -> Meta:
    return Meta(ge=0, le=MOST_SECONDS, description=description, extra={UNIT: "seconds"})


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What may be taken, at most; the defaults let a person and a small bot live.

    Use `in_force` before applying them: it is what `enabled` acts on.
    """

    enabled: Annotated[
        bool,
        Meta(description="Whether limits against abuse hold; switch them off to measure how much the server bears."),
    ] = True

    line_bytes: Annotated[
        int, _size("Longest line or frame that is read; a longer one is skipped, and its sender told.")
    ] = 16_384
    """Architecture, section 7: 16 KiB native and text."""

    message_bytes: Annotated[int, _size("Longest text of one message, in UTF-8; a longer one is refused.")] = 16_384
    """Architecture, section 6: a message is at most 16 KiB."""

    message_lines: Annotated[
        int,
        _count("lines", "Most lines of one message; one with more is refused. Some clients are sent a name for each."),
    ] = 250
    """A long page of code. Before each line many clients are sent up to 190 bytes that say when and who, so that even
    empty ones make no more than 48 kB of a message."""

    burst: Annotated[
        int, _count("commands at once", "Commands of a connection that are taken at once, before the pace below holds.")
    ] = 20
    """Architecture, section 7."""

    commands_per_second: Annotated[
        int, _count("commands a second", "Pace at which a connection may go on after its burst.")
    ] = 10
    """Architecture, section 7."""

    person_share: Annotated[
        int, _count("times", "How many times that pace all connections of one person may keep together.")
    ] = 3
    """Somebody with a telephone, a computer and a bot that logs in as him, all of them busy."""

    in_flight: Annotated[
        int,
        _count("commands", "Commands of a connection that are accepted but not yet answered; beyond, reading waits."),
    ] = 512
    """Enough to fill one group commit from a single client, small enough to bound what it makes the server hold."""

    outbox_bytes: Annotated[
        int, _size("What may wait to be sent to a connection; one that reads too slowly for it is closed.")
    ] = 1_048_576
    """Architecture, section 7: 1 MiB, several thousand lines of chat."""

    held_back_bytes: Annotated[
        int,
        _size("What may be held back for a client that breaks if it is sent too much at once; beyond, it is closed."),
    ] = 4_194_304
    """Four outboxes: it is the server that is slow here. Eighty lines of 16 KiB from four people make 1.3 MB."""

    connections: Annotated[int, _count("connections", "Connections of all addresses together.")] = 0
    """None: the operating system has a limit of its own, that of open files."""

    connections_per_address: Annotated[
        int, _count("connections", "Connections of one address; not of this machine.")
    ] = 64
    """Architecture, section 7: enough for an office behind one address."""

    new_connections_per_second: Annotated[
        int, _count("connections a second", "New connections of one address; not of this machine.")
    ] = 20
    """Architecture, section 7."""

    silent_connections: Annotated[
        int, _count("connections", "Connections of all addresses that have not said yet who they are.")
    ] = 4_096
    """Architecture, section 3: bounded in total; at about 12 kB each they cost 50 MB."""

    silent_connections_per_address: Annotated[
        int,
        _count("connections", "Connections of one address that have not said yet who they are; not of this machine."),
    ] = 32
    """Architecture, section 3: bounded per address; half of what one address may have."""

    detect_seconds: Annotated[
        float, _time("How long a new connection may be silent before it is greeted as a person at a terminal.")
    ] = 1.0
    """Architecture, section 3; the S0 client gives up after 3 s without a greeting."""

    naming_seconds: Annotated[
        float, _time("How long a program may take to say who it is, on a protocol that starts with that; not on IRC.")
    ] = 10.0
    """Architecture, section 7."""

    text_naming_seconds: Annotated[
        float, _time("How long a person may take to type a name, or an IRC client to come in.")
    ] = 120.0
    """As long as the OpenSSH server gives for a log-in (sshd_config(5), LoginGraceTime)."""

    chunk_seconds: Annotated[
        float, _time("Quiet after which text without a line end counts as a line, for clients that send none.")
    ] = 0.1
    """Dialects, "S0 and S4 on the text protocol": 100 ms."""

    failed_logins_per_minute: Annotated[
        int,
        _count(
            "failures a minute", "Failed log-ins of one address; at one account, each further one waits twice as long."
        ),
    ] = 5
    """Architecture, section 7. NIST SP 800-63B section 5.2.2 wants fewer than 100 in a row, with growing waits."""

    registrations_per_hour: Annotated[
        int, _count("accounts an hour", "Accounts that are made from one address; not from this machine.")
    ] = 20
    """A class behind one address makes its accounts in one lesson; a program that fills the server does not."""

    rooms_per_person: Annotated[int, _count("rooms", "Rooms one person may be in at the same time.")] = 128
    """Architecture, section 7."""

    recipients: Annotated[int, _count("names", "Names that one message may be sent to.")] = 256
    """About as many names of 32 characters as fit into half a line of 16 KiB."""

    files_per_message: Annotated[int, _count("files", "Files that one message may show.")] = 10
    """As many as one sees at a glance; Discord has 10 as well."""

    file_bytes: Annotated[int, _file_size("Largest file that is taken.")] = 268_435_456
    """256 MiB: five minutes of a telephone's video."""

    person_quota_bytes: Annotated[int, _file_size("What the files of one account may take together.")] = 2_147_483_648
    """2 GiB: a thousand photos, or eight of the largest files."""

    guest_quota_bytes: Annotated[
        int, _file_size("The same for somebody without an account, as long as he is called as he is.")
    ] = 268_435_456
    """One of the largest files: guests come and go, and what they sent stays."""

    uploads_per_person: Annotated[
        int, _count("uploads", "Uploads of one person that have begun and are not finished.")
    ] = 16
    """A message's files at once, and some that were cut off and wait to be resumed."""

    upload_seconds: Annotated[
        float, _time("How long an upload may rest before it is forgotten, and a file wait for a message to show it.")
    ] = 86_400.0
    """A day: whoever lost his connection in the evening goes on in the morning."""

    spare_bytes: Annotated[
        int, _file_size("Free space on the disk that files leave to everything else, the database first of all.")
    ] = 536_870_912
    """512 MiB: weeks of talk. Without it, whoever fills the disk with files silences everybody."""

    stop_seconds: Annotated[
        float, _time("How long a server that stops waits for those who still read what was accepted.")
    ] = 5.0
    """A service manager kills after 10 s (docker stop) or 90 s (systemd): be done before."""


KEPT_WITHOUT_LIMITS: Final = frozenset(
    {
        "enabled",
        "line_bytes",
        "message_bytes",
        "message_lines",
        "in_flight",
        "detect_seconds",
        "chunk_seconds",
        "files_per_message",
        "upload_seconds",
        "spare_bytes",
        "stop_seconds",
    }
)
"""Fields that hold even with `enabled = false`: they bound memory or keep a protocol working, not people in bounds."""

NO_LIMITS: Final[Mapping[str, int]] = {
    field: 0 for field in Limits.__struct_fields__ if field not in KEPT_WITHOUT_LIMITS
}


def in_force(limits: Limits) -> Limits:
    """Return the limits to apply: the same ones, or without those against abuse when they are switched off."""
    return limits if limits.enabled else msgspec.structs.replace(limits, **NO_LIMITS)
