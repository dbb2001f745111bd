"""What can be asked about the server: https://modern.ircdocs.horse/#server-queries-and-commands."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import wraps
from typing import Final

from hubbub.core.roles import ServerRole
from hubbub.core.texts import join_words
from hubbub.gateways.irc import isupport, servers, welcoming
from hubbub.gateways.irc.commands import server_bans
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.talk import Handler, Step, Steps, Talk, as_parameter
from hubbub.wire.irc.message import IrcMessage
from hubbub.wire.irc.numerics import Numeric

ABOUT: Final = (
    "hubbub: one port, every client.",
    "Whoever is here may use IRC, a browser, a terminal or netcat: all are in the same rooms.",
)
"""What INFO tells besides the version."""


def of_server(handle: Callable[[Talk], Steps], place: int = 0) -> Handler:
    """Make a handler that first looks whether the server meant is this one, as it is where none is named."""

    @wraps(handle)
    def checked(talk: Talk, message: IrcMessage) -> Iterator[Step]:
        target = message.param(place)
        if target and not servers.is_this(talk, target):
            yield servers.unknown(talk, target)
        else:
            yield from handle(talk)

    return checked


def version(talk: Talk) -> Iterator[Step]:
    """Tell what the server is, and what it can do."""
    settings = talk.settings
    yield talk.numeric(
        Numeric.RPL_VERSION, settings.software.replace(" ", "-"), settings.names.server, text="one port, every client"
    )
    yield from isupport.tell(talk)


def time(talk: Talk) -> Iterator[Step]:
    """Tell what time it is here."""
    seconds = talk.settings.clock.time_ms() // 1_000
    shown = datetime.fromtimestamp(seconds, UTC).strftime("%A %B %d %Y, %H:%M:%S UTC")
    # The numbers that may stand before it are left out: clients show them as they are.
    yield talk.numeric(Numeric.RPL_TIME, talk.settings.names.server, text=shown)


def admin(talk: Talk) -> Iterator[Step]:
    """Tell who looks after the server."""
    server, accounts = talk.settings.names.server, talk.settings.house.directory.accounts.values()
    owners = sorted(account.name for account in accounts if account.role is ServerRole.OWNER)
    if not owners:
        yield talk.numeric(Numeric.ERR_NOADMININFO, server, text="Nobody owns this server yet")
        return
    yield talk.numeric(Numeric.RPL_ADMINME, server, text="Who looks after this server")
    yield talk.numeric(Numeric.RPL_ADMINLOC1, text=f"Network {talk.settings.network}")
    yield talk.numeric(Numeric.RPL_ADMINLOC2, text=f"It belongs to {join_words(owners)}")
    yield talk.numeric(Numeric.RPL_ADMINEMAIL, text=f"Write to {owners[0]}: PRIVMSG {owners[0]} :…")


def info(talk: Talk) -> Iterator[Step]:
    """Tell about the software."""
    for line in (talk.settings.software, *ABOUT, f"Running since {talk.settings.started}"):
        yield talk.numeric(Numeric.RPL_INFO, text=line)
    yield talk.numeric(Numeric.RPL_ENDOFINFO, text="That is all")


def links(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """List the servers of the network that a mask fits: there is one."""
    mask, server = message.params[-1] if message.params else "*", talk.settings.names.server
    if servers.fits(talk, mask):
        yield talk.numeric(Numeric.RPL_LINKS, server, server, text=f"0 {talk.settings.network}")
    yield talk.numeric(Numeric.RPL_ENDOFLINKS, as_parameter(mask), text="End of the list")


def stats(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Tell how long the server has been running, who administers it, or whom it keeps out; there is nothing else."""
    asked = message.param(0, "*")
    match asked[:1]:
        case "u":
            minutes, seconds = divmod((talk.settings.clock.time_ms() - talk.settings.started_ms) // 1_000, 60)
            hours, minutes = divmod(minutes, 60)
            uptime = f"Server Up {hours // 24} days {hours % 24}:{minutes:02}:{seconds:02}"
            yield talk.numeric(Numeric.RPL_STATSUPTIME, text=uptime)
        case "o" | "O":
            for account in talk.settings.house.directory.accounts.values():
                if account.role is not ServerRole.MEMBER:
                    yield talk.numeric(Numeric.RPL_STATSOLINE, "O", "*", "*", account.name, text=account.role.value)
        case "k" | "K":
            yield from server_bans.show(talk, asked[:1])
            return
        case _:
            pass
    yield talk.numeric(Numeric.RPL_ENDOFSTATS, as_parameter(asked[:1]), text="That is all")


def users(talk: Talk, message: IrcMessage) -> Iterator[Step]:  # noqa: ARG001 - every handler has it
    """Refuse to list who is logged in to the machine. RFC 2812 section 4.6."""
    yield talk.numeric(Numeric.ERR_USERSDISABLED, text="That is nobody's business: WHO tells who is here")


def summon(talk: Talk, message: IrcMessage) -> Iterator[Step]:  # noqa: ARG001 - every handler has it
    """Refuse to call those who are logged in to the machine. RFC 2812 section 4.5."""
    yield talk.numeric(Numeric.ERR_SUMMONDISABLED, text="Nobody can be summoned")


COMMANDS: Final[Mapping[str, Entry]] = {
    "MOTD": Entry(of_server(welcoming.motd)),
    "LUSERS": Entry(of_server(welcoming.lusers, 1)),
    "VERSION": Entry(of_server(version)),
    "TIME": Entry(of_server(time)),
    "ADMIN": Entry(of_server(admin), is_dear=True),
    "INFO": Entry(of_server(info)),
    "LINKS": Entry(links),
    "STATS": Entry(stats, is_dear=True),
    "USERS": Entry(users),
    "SUMMON": Entry(summon),
}
