"""Logs: events with fields, for people on a terminal and as JSON elsewhere, always to standard error.

    log = structlog.get_logger()
    log.info("session.closed", reason="too_slow", behind_bytes=1048576)

What people say to each other, their passwords and their tokens are no business of those who read a log. So whoever
logs a field with such a name, its value is not shown; nor is any object that could have such a thing inside it.
"""

import json
import logging
import os
import re
import sys
from collections.abc import Sequence
from typing import Final, TextIO

import msgspec
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from hubbub.server.config import LogLevel, LogSettings

HIDDEN: Final = "***"
"""Stands for a value that is not shown."""

SECRET_FIELDS: Final = frozenset(
    {
        *("authorization", "cookie", "password", "secret", "token"),
        *("body", "data", "line", "message", "payload", "text", "topic"),
    }
)
"""Names of fields that are never shown: what proves who someone is, and what someone said."""

_LEVELS: Final = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


class _Leveled(structlog.make_filtering_bound_logger(logging.INFO)):  # type: ignore[misc] # its base is made, not written
    """What every logger is. Its methods are those of its base, which is another class for each level."""


_PASSWORD_IN_URL: Final = re.compile(r"(://[^/\s:@]*):\S*@")
"""From the colon after the user to the last "@" of the word, should the password hold one. RFC 3986 section 3.2.1."""


def configure_logs(settings: LogSettings, stream: TextIO | None = None) -> None:
    """Write what is logged from now on to a stream, standard error by default. Call it before anything is logged.

    A logger keeps what was configured when it was first used, which is what makes it fast.
    """
    target: TextIO | None = stream or sys.stderr  # None when whoever started the process has closed it
    on_terminal = target is not None and target.isatty()
    for_people = settings.format == "human" or (settings.format == "auto" and on_terminal)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,  # as text: its other forms show the values of local variables
            hide_secrets,
            *(_for_people(colors=on_terminal and "NO_COLOR" not in os.environ) if for_people else _for_programs()),
        ],
        wrapper_class=_Leveled,
        logger_factory=_Writer(target).for_logger,
        cache_logger_on_first_use=True,
    )
    set_log_level(settings.level)
    logging.basicConfig(handlers=[_LibraryHandler()], level=logging.WARNING, force=True)


def set_log_level(level: LogLevel) -> None:
    """Log what is at least so important from now on, also through loggers that are in use already."""
    _Leveled.__bases__ = (structlog.make_filtering_bound_logger(_LEVELS[level]),)


def hide_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace what must not be shown; a structlog processor."""
    for name, value in event.items():
        event[name] = HIDDEN if name in SECRET_FIELDS else _harmless(value)
    return event


def _harmless(value: object) -> object:
    """Keep plain values. Of any other object only its type is shown: its `repr` might tell everything."""
    match value:
        case str():
            return _PASSWORD_IN_URL.sub(rf"\1:{HIDDEN}@", value) if "://" in value else value
        case bool() | int() | float() | None:
            return value
        case list() | tuple() | set() | frozenset():
            return [_harmless(item) for item in value]
        case _:
            return f"<{type(value).__name__}>"


def _for_people(*, colors: bool) -> Sequence[Processor]:
    return (
        escape_controls,
        structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=False),
        structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=structlog.dev.plain_traceback),
    )


def _for_programs() -> Sequence[Processor]:
    return (
        structlog.processors.TimeStamper(fmt="iso"),
        _put_first,
        structlog.processors.JSONRenderer(serializer=_encode_json),
    )


def _encode_json(event: EventDict, **_options: object) -> str:
    """Write the line; at every connection's coming and going, five times as fast as the standard library."""
    line = msgspec.json.encode(event).decode()
    # What JSON itself does not escape can still control a terminal: C1 controls, changes of direction.
    return line if line.isprintable() else json.dumps(event)


def _put_first(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Let a line begin with what every line has; it is easier to read, and to search."""
    return {"timestamp": event.pop("timestamp"), "level": event.pop("level"), "event": event.pop("event"), **event}


def escape_controls(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Keep escape sequences that a peer sent from reaching the operator's terminal; a structlog processor."""
    for name, value in event.items():
        if isinstance(value, str) and not value.isprintable():
            keep = "\n" if name == "exception" else ""
            event[name] = "".join(char if char.isprintable() or char in keep else repr(char)[1:-1] for char in value)
    return event


class _Writer:
    """Write a line for each event; structlog calls this a logger, and its methods levels."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream

    def for_logger(self, *_names: object) -> "_Writer":
        """Serve every logger."""
        return self

    def msg(self, line: str) -> None:
        """Write a line, or lose it: a full disk or a reader that went away must not stop the server."""
        if self._stream is None:
            return
        try:
            self._stream.write(line + "\n")
            self._stream.flush()
        except (OSError, ValueError):
            pass

    debug = info = warning = error = critical = msg


class _LibraryHandler(logging.Handler):
    """Make events of what libraries log by the standard `logging`."""

    def emit(self, record: logging.LogRecord) -> None:
        """Pass on one record, with its traceback."""
        level = max(level for level in _LEVELS.values() if level <= max(record.levelno, logging.DEBUG))
        structlog.get_logger().log(
            level, "library.logged", library=record.name, said=record.getMessage(), exc_info=record.exc_info
        )
