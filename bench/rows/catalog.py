"""Every row, in the order of the table."""

from typing import Final

from bench.figures import Row
from bench.rows.acknowledged import FEW_SPEAKERS, MANY_SPEAKERS
from bench.rows.arrivals import CRUSH, RATE
from bench.rows.fanout import FIFTY_IN_FLIGHT, IRC_FIFTY_IN_FLIGHT, IRC_ONE_IN_FLIGHT, ONE_IN_FLIGHT
from bench.rows.hubs import HUBS
from bench.rows.joining import JOINING
from bench.rows.logins import LOG_INS
from bench.rows.pages import PAGES
from bench.rows.resting import ENCRYPTED, IDLE, START
from bench.rows.returning import RETURNING
from bench.rows.tags import TAGS

ROWS: Final[tuple[Row, ...]] = (
    ONE_IN_FLIGHT,
    FIFTY_IN_FLIGHT,
    IRC_ONE_IN_FLIGHT,
    IRC_FIFTY_IN_FLIGHT,
    TAGS,
    JOINING,
    PAGES,
    LOG_INS,
    FEW_SPEAKERS,
    MANY_SPEAKERS,
    CRUSH,
    RATE,
    RETURNING,
    HUBS,
    IDLE,
    ENCRYPTED,
    START,
)
