"""Logs: how they look, and what never shows up in them."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from hubbub.server.config import LogSettings, Settings
from hubbub.server.logs import SECRET_FIELDS, configure_logs, hide_secrets

SECRET = "s3cret-zz"

Event = dict[str, Any]

each_format = pytest.mark.parametrize(
    "settings",
    [LogSettings(level="debug", format="human"), LogSettings(level="debug", format="json")],
    ids=["human", "json"],
)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    """Leave the logs of the process as they were found."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


def fail(error: Exception) -> NoReturn:
    """Raise an error, as code that is deeper down would."""
    raise error


def events(stream: io.StringIO) -> list[Event]:
    """Read what was logged as JSON, one event a line."""
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_a_line_of_json_with_its_fields() -> None:
    """Away from a terminal a program reads the log: time, level and event come first, then the fields."""
    stream = io.StringIO()
    configure_logs(LogSettings(), stream)
    structlog.get_logger().info("session.closed", reason="too_slow", behind_bytes=1_048_576)
    (event,) = events(stream)
    assert list(event) == ["timestamp", "level", "event", "reason", "behind_bytes"]
    assert (event["level"], event["event"], event["behind_bytes"]) == ("info", "session.closed", 1_048_576)
    assert event["timestamp"].endswith("Z")


def test_on_a_terminal_a_person_reads() -> None:
    """`auto` means lines for people where somebody looks on."""
    stream = Terminal()
    configure_logs(LogSettings(), stream)
    structlog.get_logger().info("session.closed", reason="too_slow")
    assert "session.closed" in stream.getvalue()
    assert "{" not in stream.getvalue()


def test_colors_are_for_terminals_and_for_those_who_want_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines on a terminal are colored, unless the variable NO_COLOR is there (no-color.org)."""
    colored, plain = Terminal(), Terminal()
    monkeypatch.delenv("NO_COLOR", raising=False)
    configure_logs(LogSettings(), colored)
    structlog.get_logger().info("tried")
    monkeypatch.setenv("NO_COLOR", "1")
    configure_logs(LogSettings(), plain)
    structlog.get_logger().info("tried")
    assert "\x1b[" in colored.getvalue()
    assert "\x1b[" not in plain.getvalue()


def test_the_format_can_be_chosen() -> None:
    """`human` and `json` hold wherever the log goes."""
    terminal, file = Terminal(), io.StringIO()
    configure_logs(LogSettings(format="json"), terminal)
    structlog.get_logger().info("tried")
    configure_logs(LogSettings(format="human"), file)
    structlog.get_logger().info("tried")
    assert events(terminal)[0]["event"] == "tried"
    assert "reason" not in file.getvalue()
    assert "\x1b" not in file.getvalue()


def test_events_below_the_level_are_left_out() -> None:
    """The level is the least important one that is still written."""
    stream = io.StringIO()
    configure_logs(LogSettings(level="warning"), stream)
    log = structlog.get_logger()
    log.debug("one")
    log.info("two")
    log.warning("three")
    log.error("four")
    assert [event["event"] for event in events(stream)] == ["three", "four"]


@pytest.mark.parametrize("name", sorted(SECRET_FIELDS))
@each_format
def test_a_field_with_the_name_of_a_secret_is_never_shown(name: str, settings: LogSettings) -> None:
    """Passwords, tokens and what people say do not get into a log, whoever tries to log them."""
    stream = io.StringIO()
    configure_logs(settings, stream)
    structlog.get_logger().debug("tried", **{name: SECRET})
    assert "tried" in stream.getvalue()
    assert SECRET not in stream.getvalue()


@given(st.sampled_from([SECRET.encode(), {"x": SECRET}, ValueError(SECRET), Path(SECRET), [Path(SECRET)], Settings()]))
def test_of_an_object_only_the_type_is_shown(value: object) -> None:
    """An object's `repr` may tell everything that is in it, such as the text of a message."""
    event = hide_secrets(None, "info", {"event": "tried", "value": value})
    assert SECRET not in repr(event)
    assert "<" in str(event["value"])


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text("ab 1")), st.lists
    )
)
def test_plain_values_are_shown_as_they_are(value: object) -> None:
    """Numbers, texts and lists of them stay what they are."""
    assert hide_secrets(None, "info", {"event": "tried", "value": value})["value"] == value


def test_the_password_in_a_url_is_never_shown() -> None:
    """A URL may be part of any text, that of an exception included."""
    stream = io.StringIO()
    configure_logs(LogSettings(), stream)
    url = f"postgresql://ann:{SECRET}@db/hubbub"
    try:
        fail(ConnectionError(f"no answer from {url}"))
    except ConnectionError:
        structlog.get_logger().exception("database.lost", url=url, said=f"see {url}.")
    (event,) = events(stream)
    assert SECRET not in stream.getvalue()
    assert event["url"] == "postgresql://ann:***@db/hubbub"


@each_format
def test_a_traceback_does_not_show_local_variables(settings: LogSettings) -> None:
    """Where a bug happened is told, but not what it happened to."""
    secret = SECRET
    stream = io.StringIO()
    configure_logs(settings, stream)

    def stumble(said: str) -> float:
        return len(said) / 0

    try:
        stumble(secret)
    except ZeroDivisionError:
        structlog.get_logger().exception("bug")
    assert "ZeroDivisionError" in stream.getvalue()
    assert SECRET not in stream.getvalue()


@each_format
def test_what_a_peer_sends_cannot_control_the_terminal(settings: LogSettings) -> None:
    """Escape sequences, and line ends that would fake an event, are written out."""
    stream = io.StringIO()
    configure_logs(settings, stream)
    try:
        fail(ValueError("\x1b[2J"))
    except ValueError:
        structlog.get_logger().exception("tried", name="a\x1b]0;x\x07\x9b1m\nb\u202e")
    for line in stream.getvalue().splitlines():
        assert line.isprintable()
    assert "a\\" in stream.getvalue()


def test_what_libraries_log_becomes_an_event() -> None:
    """A warning of asyncio goes the same way, with its traceback; idle talk of libraries does not."""
    stream = io.StringIO()
    configure_logs(LogSettings(), stream)
    try:
        fail(LookupError())
    except LookupError:
        logging.getLogger("asyncio").exception("Task %s failed", "t-1")
    logging.getLogger("asyncio").info("Using selector")
    (event,) = events(stream)
    assert (event["level"], event["library"], event["said"]) == ("error", "asyncio", "Task t-1 failed")
    assert "LookupError" in event["exception"]


def test_a_full_disk_under_the_log_harms_nobody() -> None:
    """When the log cannot be written, its lines are lost and the server goes on."""
    full = Path("/dev/full").open("w", encoding="utf-8", buffering=1)  # noqa: SIM115 - its last flush fails as well
    try:
        configure_logs(LogSettings(), full)
        for _ in range(1_000):
            structlog.get_logger().error("tried", x="x" * 100)
    finally:
        with suppress(OSError):
            full.close()


def test_a_server_without_standard_error_has_no_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever starts a server may close its standard error; then nothing is logged, and nothing breaks."""
    monkeypatch.setattr("sys.stderr", None)
    configure_logs(LogSettings())
    structlog.get_logger().error("tried")
