"""`hubbub chat` before it talks: what the shell completes, and what is remembered."""

from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from hubbub.cli import remembered
from hubbub.cli.main import main
from hubbub.cli.memory import FileMemory
from hubbub.cli.remembered import KnownServer, KnownServers
from hubbub.tui.choices import Choice, Who
from hubbub.tui.targets import Target

HERE = "hubbub://chat.example:4242"


@pytest.fixture(autouse=True)
def _own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Remember everything in a folder of the test's own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


def complete(begun: str) -> list[str]:
    """Return what the shell is told of what is begun behind `hubbub chat`."""
    completing = ShellComplete(main, {}, "hubbub", "_HUBBUB_COMPLETE")
    return [item.value for item in completing.get_completions(["chat"], begun)]


def test_the_shell_completes_servers_and_options() -> None:
    """Those that are remembered; a file that makes no sense completes nothing."""
    remembered.save(KnownServers(servers={HERE: KnownServer(), "hubbubs://other.example:4242": KnownServer()}))
    assert complete("hubbub:") == [HERE]
    assert complete("--pl") == ["--plain"]
    remembered.find_file().write_text("nonsense")
    assert complete("hubbub:") == []


def test_who_has_logged_in_is_himself() -> None:
    """Unless he wants to be called something else; a certificate stays known when he logs out."""
    memory = FileMemory("login")
    assert memory.choose(Target(HERE, "#tea")) == Choice(HERE, Who("login"), "", ("#tea",))
    memory.keep_certificate(HERE, "AB")
    memory.keep_account(HERE, "ann", "t1", "hub_secret")
    assert memory.choose(Target(HERE)) == Choice(HERE, Who("ann", token="hub_secret"), "AB")
    assert memory.choose(Target(HERE), "ANN") == Choice(HERE, Who("ann", token="hub_secret"), "AB")
    assert memory.choose(Target(HERE), "bob") == Choice(HERE, Who("bob"), "AB")
    assert memory.known() == [HERE]
    assert memory.drop_account(HERE) == "t1"
    assert memory.drop_account(HERE) == ""
    assert memory.choose(Target(HERE)) == Choice(HERE, Who("login"), "AB")
