"""Which servers are remembered, and where."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.cli import remembered
from hubbub.cli.remembered import BadFileError, KnownServer, KnownServers

anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where they are written in this test."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path / "hubbub" / "servers.toml"


@given(
    st.dictionaries(anything, st.builds(KnownServer, anything, anything, anything, st.booleans(), anything)), anything
)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, servers: dict[str, KnownServer], default: str
) -> None:
    """Whatever a server or a person is called."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        remembered.save(KnownServers(default, servers))
        assert remembered.load() == KnownServers(default, servers)


def test_only_its_owner_reads_it(file: Path) -> None:
    """It holds tokens."""
    remembered.save(KnownServers(servers={"a": KnownServer(token="hub_x")}))
    remembered.save(KnownServers(servers={"a": KnownServer(token="hub_y")}))
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert [path.name for path in file.parent.iterdir()] == ["servers.toml"]


def test_nothing_is_remembered_at_first(file: Path) -> None:
    """A missing file is no mistake, and a relative folder is none."""
    assert remembered.load() == KnownServers()
    assert not file.exists()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", "relative")
        assert remembered.find_file() == Path.home() / ".config" / "hubbub" / "servers.toml"


@pytest.mark.parametrize("text", ["default =", "colour = 1", "[servers.a]\nname = 5", "\x00"])
def test_a_broken_file_is_a_sentence(file: Path, text: str) -> None:
    """It names the file, and nothing of it is overwritten."""
    file.parent.mkdir()
    file.write_text(text)
    with pytest.raises(BadFileError, match=r"servers\.toml cannot be read"):
        remembered.load()
    assert file.read_text() == text


def test_a_server_can_be_forgotten() -> None:
    """With it goes its being the default."""
    known = KnownServers("a").having("a", KnownServer("ann")).having("b", KnownServer("bob"))
    assert known.without("a") == KnownServers("", {"b": KnownServer("bob")})
    assert known.without("b").default == "a"
