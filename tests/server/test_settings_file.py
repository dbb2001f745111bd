"""The settings that hold, as a TOML file."""

import tomllib
from pathlib import Path

from hubbub.server.settings_catalog import SETTINGS
from hubbub.server.settings_file import write_settings
from hubbub.server.settings_sources import Choices, load_settings

CHOICES = Choices(
    assignments=("limits.burst=7", "rooms.announce=false", "limits.chunk_seconds=0.5"),
    listen=("127.0.0.1:1", "[::1]:2=text"),
    data='a "folder" of élan\\s',
)


def test_what_is_written_is_read_as_the_same_settings(tmp_path: Path) -> None:
    """The answer of `check-config` is a configuration file that means what held."""
    file = tmp_path / "hubbub.toml"
    effective = load_settings(CHOICES, {})
    file.write_text(write_settings(effective), encoding="utf-8")
    assert load_settings(Choices(config=str(file)), {}).settings == effective.settings


def test_every_setting_is_there_with_its_meaning_and_source() -> None:
    """Each setting comes with a sentence, its unit and where its value was set."""
    lines = write_settings(load_settings(CHOICES, {})).splitlines()
    for path, setting in SETTINGS.items():
        assert any(line.startswith(f"# {setting.description}") for line in lines), path
    at = lines.index("burst = 7  # --set")
    assert lines[at - 1].endswith("(commands at once)")
    assert 'level = "info"  # default' in lines


def test_a_password_is_hidden_and_cannot_be_mistaken_for_a_value() -> None:
    """A URL with a hidden password is a comment, so that nobody starts a server with three stars as password."""
    text = write_settings(load_settings(Choices(database="postgresql://ann:s3cret@db/hubbub"), {}))
    assert "s3cret" not in text
    assert '# database = "postgresql://ann:***@db/hubbub"  # --database' in text
    assert "database" not in tomllib.loads(text)


def test_a_url_without_secrets_is_a_value() -> None:
    """Only what had to be hidden becomes a comment."""
    text = write_settings(load_settings(Choices(database="postgresql://ann@db/hubbub"), {}))
    assert tomllib.loads(text)["database"] == "postgresql://ann@db/hubbub"
