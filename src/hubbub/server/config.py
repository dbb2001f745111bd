"""Every setting of a server: its name, type, range, unit, default and help, in one place.

The groups are structs and a setting is a field. All other views are derived from these annotations: the keys of a
TOML file, the names of environment variables, the messages about bad values, `hubbub check-config` and the table in
`docs/how-to/configure.md`.
"""

from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from hubbub.core.access import Access, WhoMayEnter
from hubbub.core.limits import UNIT, Limits
from hubbub.core.room import LOBBY
from hubbub.gateways.websocket.origins import require_origins
from hubbub.server.database_url import require_database_url, shown_database_url
from hubbub.server.irc_names import require_motd, require_network, require_server_name
from hubbub.server.listen import ListenAddress, require_listen_addresses
from hubbub.server.networks import require_networks
from hubbub.server.proxies import require_proxies
from hubbub.server.public_url import require_public_url
from hubbub.server.watchers import require_watchers
from hubbub.service.encryption import RequireTls

CHECK: Final = "check"
"""Under this key, an annotation's `extra` holds a function that raises `ValueError` for a value of the right type
that still means nothing."""

SHOW: Final = "show"
"""Under this key, an annotation's `extra` holds a function that makes a value fit to be seen: it may be a secret."""

MOTD_LIMIT: Final = 10_000
"""Longest message of the day, in characters: everybody is told it who comes in."""

YEAR_SECONDS: Final = 366 * 86_400

LogLevel = Literal["debug", "info", "warning", "error"]
LogFormat = Literal["auto", "human", "json"]


class RoomSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How rooms behave."""

    announce: Annotated[bool, Meta(description="Whether the people in a room are told who joins and who leaves.")] = (
        True
    )

    history_on_arrival: Annotated[
        int,
        Meta(
            ge=0,
            le=1_000,
            description="Messages of the past that are shown to whoever comes into a room.",
            extra={UNIT: "messages"},
        ),
    ] = 20

    retention_days: Annotated[
        int,
        Meta(
            ge=0,
            le=36_500,
            description="Days after which what was said is erased, in every room; 0 keeps it for ever.",
            extra={UNIT: "days"},
        ),
    ] = 0


class FileSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How files are shared; how much of them is under `limits`."""

    open_links: Annotated[
        bool,
        Meta(
            description="Whether whoever has the link of a file may read it while a message shows it; "
            "otherwise only who is logged in and may read that message."
        ),
    ] = True


class PeopleSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who may come in."""

    access: Annotated[
        WhoMayEnter,
        Meta(description="Who may come in: anyone, people with an account, or those who opened it by invitation."),
    ] = "anyone"

    guests: Annotated[bool, Meta(description="Whether people without an account may come in where anyone may.")] = True

    registration: Annotated[
        bool, Meta(description="Whether people may open accounts by themselves; with an invitation they always may.")
    ] = True

    def as_access(self) -> Access:
        """Return the same for those who ask who may come in."""
        return Access(self.access, self.guests, self.registration)


class HookSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What webhooks may do."""

    allow_private: Annotated[
        tuple[str, ...],
        Meta(
            description="Networks that webhooks may post to although they are not public, such as a machine at home.",
            extra={UNIT: "addresses or networks", CHECK: require_networks},
        ),
    ] = ()


class LogSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is logged, and how it looks."""

    level: Annotated[LogLevel, Meta(description="The least important events that are still logged.")] = "info"

    format: Annotated[
        LogFormat, Meta(description="Lines for people or for programs; auto means people when it is a terminal.")
    ] = "auto"


class TlsSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How connections are encrypted, and who has to."""

    certificate: Annotated[
        str,
        Meta(
            description="File of the certificate in PEM, with its chain; without one, the server makes its own.",
            extra={UNIT: "path"},
        ),
    ] = ""

    key: Annotated[
        str,
        Meta(
            description="File of the private key in PEM; not needed when it is in the file of the certificate.",
            extra={UNIT: "path"},
        ),
    ] = ""

    client_ca: Annotated[
        str,
        Meta(
            description="File in PEM of who vouches for certificates of IRC clients: their common name is the account "
            "they log in to, by SASL EXTERNAL. Certificates of others are refused.",
            extra={UNIT: "path"},
        ),
    ] = ""

    require: Annotated[
        RequireTls,
        Meta(description="Who has to use TLS to log in: nobody, whoever is not on this machine, or everybody."),
    ] = "remote"


class IrcSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What IRC clients are told of the server."""

    network: Annotated[
        str,
        Meta(description="What IRC clients call the network; without spaces.", extra={CHECK: require_network}),
    ] = "hubbub"

    name: Annotated[
        str,
        Meta(
            description="What IRC clients call the server; without one, the host of public_url.",
            extra={UNIT: "host", CHECK: require_server_name},
        ),
    ] = ""

    motd: Annotated[
        str,
        Meta(
            max_length=MOTD_LIMIT,
            description="What IRC clients are told when they come in, in one line or several; nothing, if it is empty.",
            extra={CHECK: require_motd},
        ),
    ] = f"Everybody meets in {LOBBY}: /join {LOBBY}"

    sts_port: Annotated[
        int,
        Meta(
            ge=0,
            le=65_535,
            description="Where IRC clients in clear text are told to come back by TLS, 0 for nowhere; "
            "it takes a certificate that they trust.",
            extra={UNIT: "port"},
        ),
    ] = 0

    sts_seconds: Annotated[
        int,
        Meta(
            ge=0,
            le=YEAR_SECONDS,
            description="How long IRC clients that have come by TLS come by nothing else, where sts_port is set; "
            "0 ends it.",
            extra={UNIT: "seconds"},
        ),
    ] = 0


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything an operator decides about a server."""

    listen: Annotated[
        tuple[str, ...],
        Meta(
            min_length=1,
            description="Where to listen. Port 0 is a free one; the protocol is found out when none is given.",
            extra={UNIT: "ADDRESS:PORT[=PROTOCOL]", CHECK: require_listen_addresses},
        ),
    ] = ("127.0.0.1:4242",)

    data: Annotated[
        str,
        Meta(min_length=1, description="Folder where everything is kept that has to survive.", extra={UNIT: "path"}),
    ] = ".data"

    database: Annotated[
        str,
        Meta(
            description="Where messages are kept: postgresql://…, or nothing for SQLite in the data folder.",
            extra={UNIT: "URL", CHECK: require_database_url, SHOW: shown_database_url},
        ),
    ] = ""

    proxies: Annotated[
        tuple[str, ...],
        Meta(
            description="Proxies, which begin each connection with a PROXY header that tells for whom they come.",
            extra={UNIT: "addresses or networks", CHECK: require_proxies},
        ),
    ] = ()

    public_url: Annotated[
        str,
        Meta(
            description="How others reach this server, such as https://chat.example.org:4242; begins links for them.",
            extra={UNIT: "URL", CHECK: require_public_url},
        ),
    ] = ""

    origins: Annotated[
        tuple[str, ...],
        Meta(
            description="Other web pages that may connect, such as https://www.example.org; * means all.",
            extra={UNIT: "origins", CHECK: require_origins},
        ),
    ] = ()

    metrics: Annotated[
        tuple[str, ...],
        Meta(
            description="Who may read the figures at /metrics, which are made for Prometheus.",
            extra={UNIT: "addresses or networks", CHECK: require_watchers},
        ),
    ] = ("127.0.0.0/8", "::1")

    people: PeopleSettings = PeopleSettings()
    rooms: RoomSettings = RoomSettings()
    files: FileSettings = FileSettings()
    tls: TlsSettings = TlsSettings()
    hooks: HookSettings = HookSettings()
    log: LogSettings = LogSettings()
    irc: IrcSettings = IrcSettings()
    limits: Limits = Limits()

    def addresses(self) -> tuple[ListenAddress, ...]:
        """Return the addresses to listen on, or raise `ListenError`, which settings that were loaded never do."""
        return tuple(ListenAddress.parse(text) for text in self.listen)

    def __repr__(self) -> str:
        """Write the settings without the password of the database: they may end up in a log or a traceback."""
        return (
            f"Settings(listen={self.listen!r}, data={self.data!r}, database={shown_database_url(self.database)!r}, …)"
        )
