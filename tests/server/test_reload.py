"""Reloading: settings change all together or not at all, and what cannot change is named."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace
from structlog.testing import capture_logs

from hubbub.core.limits import Limits
from hubbub.server.config import LogSettings, RoomSettings, Settings
from hubbub.server.errors import StartError
from hubbub.server.reload import NEEDS_RESTART, Reloading
from hubbub.server.settings_catalog import SETTINGS
from hubbub.server.settings_sources import SettingsError

OTHER = Settings(limits=Limits(burst=5), rooms=RoomSettings(announce=False))


class Source:
    """Settings that a test changes, and a note of those that were applied."""

    def __init__(self) -> None:
        self.settings = Settings()
        self.applied: list[Settings] = []
        self.reloading = Reloading(self.settings, lambda: self.settings, self.applied.append)

    def reload(self) -> list[dict[str, Any]]:
        """Reload, and return what is logged."""
        with capture_logs() as logs:
            self.reloading.reload()
        return [dict(entry) for entry in logs]


def test_what_has_changed_is_applied_and_named() -> None:
    """All settings together; the log names those that are others, without their values."""
    source = Source()
    source.settings = OTHER
    assert source.reload() == [
        {"event": "settings.reloaded", "log_level": "info", "changed": ["rooms.announce", "limits.burst"]}
    ]
    assert source.applied == [OTHER]
    assert source.reload()[-1]["changed"] == []


def test_what_cannot_change_is_named_each_time() -> None:
    """Each such setting in a warning of its own, until it is as it was, or the server has been started again."""
    source = Source()
    source.settings = Settings(listen=("127.0.0.1:1",), data="x", database="", log=LogSettings("debug", "json"))
    for _ in range(2):
        logs = source.reload()
        assert [entry["setting"] for entry in logs[:-1]] == ["listen", "data", "log.format"]
        assert {entry["log_level"] for entry in logs[:-1]} == {"warning"}
    source.settings = Settings()
    assert source.reload()[-1]["changed"] == ["log.level"]


def refused_by_sources() -> Settings:
    """Find something wrong in the settings."""
    raise SettingsError(("one.", "two."))


def refused_by_parts(_settings: Settings) -> None:
    """Find something wrong when they are to be applied."""
    raise StartError("no such certificate.")


@pytest.mark.parametrize(
    ("read", "apply", "problems"),
    [
        (refused_by_sources, lambda _: None, ["one.", "two."]),
        (lambda: OTHER, refused_by_parts, ["no such certificate."]),
    ],
)
def test_bad_settings_change_nothing(
    read: Callable[[], Settings], apply: Callable[[Settings], None], problems: list[str]
) -> None:
    """One warning holds the sentences that a start would have ended with."""
    with capture_logs() as logs:
        Reloading(Settings(), read, apply).reload()
    assert logs == [{"event": "settings.refused", "log_level": "warning", "problems": problems}]


def test_what_needs_a_restart_exists() -> None:
    """The list names settings that there are."""
    assert set(SETTINGS) >= NEEDS_RESTART
    assert replace(Settings(), data="y") != Settings()
