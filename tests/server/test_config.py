"""Settings: what they mean by default, that each one explains itself, and that none tells a secret."""

import pytest

from hubbub.server.config import Settings
from hubbub.server.listen import ListenAddress
from hubbub.server.settings_catalog import GROUPS, SETTINGS, Setting


def test_without_any_configuration_only_this_machine_is_served() -> None:
    """A server that somebody just tries out is not open to the network."""
    assert Settings().addresses() == (ListenAddress("127.0.0.1", 4242, "auto"),)


def test_settings_in_a_log_or_a_traceback_do_not_tell_the_password() -> None:
    """The `repr` of the settings shows the database without its password."""
    shown = repr(Settings(database="postgresql://ann:s3cret@db/hubbub"))
    assert "s3cret" not in shown
    assert "postgresql://ann:***@db/hubbub" in shown


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS.keys())
def test_every_setting_explains_itself(setting: Setting) -> None:
    """Each setting has a sentence that says what it does, and a default that it would take itself."""
    assert setting.description.endswith(".")
    default = list(setting.default) if isinstance(setting.default, tuple) else setting.default
    assert setting.require(default) == setting.default


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS.keys())
def test_every_number_has_a_unit(setting: Setting) -> None:
    """A number without a unit would mean nothing."""
    assert setting.unit or setting.kind not in {int, float}


def test_every_setting_has_an_environment_variable_of_its_own() -> None:
    """No two paths become the same name: dots and underscores both turn into underscores."""
    assert len({setting.environment_name for setting in SETTINGS.values()}) == len(SETTINGS)
    assert SETTINGS["limits.burst"].environment_name == "HUBBUB_LIMITS_BURST"


def test_the_groups_are_known() -> None:
    """The tables of a TOML file are the structs that the settings have."""
    assert {"people", "rooms", "files", "tls", "hooks", "log", "irc", "limits"} == GROUPS
