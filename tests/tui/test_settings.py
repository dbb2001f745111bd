"""Settings: what people write, and what is said where it makes no sense."""

from pathlib import Path

import pytest

from hubbub.tui.keys import KEYS
from hubbub.tui.settings import BadSettings, Notifications, Settings, find_file, load


def written(folder: Path, text: str) -> Path:
    """Write a file."""
    file = folder / "chat.toml"
    file.write_text(text)
    return file


def test_what_is_usual_holds_where_nothing_is_written(tmp_path: Path) -> None:
    """No file is as good as an empty one."""
    assert load(tmp_path / "none.toml") == load(written(tmp_path, "")) == Settings()


def test_all_of_them_are_read(tmp_path: Path) -> None:
    """As they stand."""
    text = 'theme = "light"\ntimes = "seconds"\npictures = false\n[keys]\ngo_to = "ctrl+g"\n'
    text += '[notifications]\nbell = false\nterminal = "off"\n'
    notifications = Notifications(bell=False, terminal="off")
    assert load(written(tmp_path, text)) == Settings(
        "light", "seconds", pictures=False, keys={"go_to": "ctrl+g"}, notifications=notifications
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("colour = 1", "colour is no setting."),
        ("[notifications]\nbel = true", "notifications.bel is no setting."),
        ("[notifications]\nbell = 1", "notifications.bell: expected `bool`, got `int`."),
        ("pictures = 1", "pictures: expected `bool`, got `int`."),
        ('theme = "pink"', "theme: invalid enum value 'pink'."),
        ('[keys]\ngo_too = "x"', "keys.go_too is nothing that a key does. Did you mean go_to?"),
        ('[keys]\ngo_to = "crtl+g"', "keys.go_to: 'crtl+g' is no key. Write for example ctrl+g or f5."),
        (
            '[keys]\ngo_to = "ctrl+banana"',
            "keys.go_to: 'ctrl+banana' is no key. Write for example ctrl+g or f5.",
        ),
        ('[keys]\ngo_to = ""', "keys.go_to: '' is no key. Write for example ctrl+g or f5."),
        ('[keys]\ngo_to = "ctrl+r"', "keys.go_to: ctrl+r does search already. Give that another key."),
        ("theme", "cannot be read"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(tmp_path: Path, text: str, sentence: str) -> None:
    """A word that nobody knows would else be a setting that does nothing."""
    with pytest.raises(BadSettings) as caught:
        load(written(tmp_path, text))
    assert sentence in str(caught.value)
    assert "chat.toml" in str(caught.value)


def test_where_they_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the XDG Base Directory Specification says."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert find_file() == tmp_path / "hubbub" / "chat.toml"
    monkeypatch.setenv("XDG_CONFIG_HOME", "elsewhere")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert find_file() == tmp_path / ".config" / "hubbub" / "chat.toml"


def test_every_key_can_be_looked_up() -> None:
    """The page on the client names all that keys do."""
    page = Path("docs/how-to/terminal.md").read_text(encoding="utf-8")
    assert [key.id for key in KEYS if f"`{key.id}`" not in page] == [f"place_{digit}" for digit in range(2, 9)]
