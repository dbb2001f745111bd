"""Reloading: SIGHUP makes a running server read its settings again, and harms nobody who is there."""

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.outside.confined import ConfinedServer
from tests.outside.conftest import Connect, StartServer
from tests.outside.raw import without_stamps
from tests.outside.saying import words
from tests.outside.terminal import Terminal
from tests.outside.test_accounts import claim_of
from tests.outside.test_tls import shown_fingerprint
from tests.outside.waiting import eventually
from tests.seeds.client import Address
from tests.server.certificates import fingerprint_of, write_pair
from tests.wire.proxy_headers import v1


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Name a file with settings, which is empty at first."""
    file = tmp_path / "hubbub.toml"
    file.touch()
    return file


@pytest.fixture
def server(start_server: StartServer, config: Path) -> ConfinedServer:
    """Start a server with its settings in a file."""
    return start_server("127.0.0.1:0", options=("--config", str(config)))


def reload(server: ConfinedServer, config: Path, text: str) -> dict[str, object]:
    """Write other settings, have them read, and return the entry of the log that tells what came of it."""
    config.write_text(text)
    told = len(outcomes(server))
    os.kill(server.pid, signal.SIGHUP)
    eventually(lambda: len(outcomes(server)) > told)
    return outcomes(server)[-1]


def outcomes(server: ConfinedServer) -> list[dict[str, object]]:
    """Return what the log tells of all reloads."""
    return [entry for entry in server.logs if str(entry["event"]) in {"settings.reloaded", "settings.refused"}]


def test_limits_and_announcements_change_while_people_talk(
    server: ConfinedServer, config: Path, connect: Connect
) -> None:
    """Whoever is there stays; a request is measured with the new limits, and nobody is announced any more."""
    ann = connect(server.address(), b"ann\n")
    ann.ping("in")
    outcome = reload(server, config, "[limits]\nmessage_bytes = 20\n[rooms]\nannounce = false\n")
    assert outcome["changed"] == ["rooms.announce", "limits.message_bytes"]
    bob = connect(server.address(), b"bob\n")
    bob.ping("in")
    bob.send(f"{words('short')}\n{words('x' * 100)}\n".encode())
    assert "20 is the most" in without_stamps(bob.ping("said"))[-2]
    heard = without_stamps(ann.ping("heard"))
    assert heard[:-1] == [f"[bob] {words('short')}"]


def test_irc_clients_hear_at_once_what_is_offered(server: ConfinedServer, config: Path, connect: Connect) -> None:
    """IRCv3 cap-notify: NEW is told when it is so, to a client that has said nothing since."""
    ann = connect(server.address(), b"CAP REQ :cap-notify\r\nNICK ann\r\nUSER ann 0 * :Ann\r\nCAP END\r\n")
    ann.hear(b" 376 ann ")
    reload(server, config, "[irc]\nsts_port = 6697\n")
    ann.hear(b" CAP ann NEW :sts")


def test_an_administrator_asks_for_it(server: ConfinedServer, config: Path, connect: Connect) -> None:
    """From inside, in the words of his protocol; whoever administers nothing is refused."""
    ann = connect(server.address(), b"ann\n")
    ann.ping("in")
    ann.send(b"/reload\n")
    ann.hear(b"Only an administrator")
    claim = claim_of(server)
    ann.send(b"/register four words in a row\n" + f"/claim {claim}\n".encode())
    ann.hear(b"You are the owner of this server from now on.\n")
    config.write_text("[limits]\nmessage_bytes = 20\n")
    ann.send(b"/reload\n")
    eventually(lambda: len(outcomes(server)) > 0)
    assert outcomes(server)[-1]["changed"] == ["limits.message_bytes"]


def test_limits_of_addresses_change(server: ConfinedServer, config: Path, connect: Connect) -> None:
    """So many connections are let in from now on; those who are there stay."""
    ann, bob = connect(server.address(), b"ann\n"), connect(server.address(), b"bob\n")
    ann.ping("in")
    bob.ping("in")
    reload(server, config, "limits.connections = 1\n")
    assert connect(server.address(), b"cat\n").hear_rest() == b""
    ann.ping("still")
    bob.ping("still")


def test_proxies_change(server: ConfinedServer, config: Path, connect: Connect) -> None:
    """A proxy is believed from the moment on that it is listed."""
    reload(server, config, 'proxies = ["127.0.0.2"]\n')
    client = connect(server.address(), v1("192.0.2.7", 7) + b"ann\n", source="127.0.0.2")
    client.ping("in")
    assert [entry["peer"] for entry in server.logs if entry.get("name") == "ann"] == ["192.0.2.7:7"]


def test_the_log_tells_more_or_less(server: ConfinedServer, config: Path, connect: Connect) -> None:
    """Loggers that are in use already follow, too."""
    assert reload(server, config, 'log.level = "debug"\n')["changed"] == ["log.level"]
    misunderstood(connect, server.address())
    eventually(lambda: "connection.bad_input" in server.log_text)
    reload(server, config, 'log.level = "info"\n')
    misunderstood(connect, server.address())
    assert server.log_text.count("connection.bad_input") == 1


def misunderstood(connect: Connect, address: Address) -> None:
    """Say something that nobody can understand, and be closed for it."""
    client = connect(address, b"5         alice" + b"x" * 30)
    client.hear_rest()


def test_certificates_change(server: ConfinedServer, config: Path, tmp_path: Path) -> None:
    """Another pair is shown, and the same files are read again; a bad one changes nothing at all."""
    certificate, key = write_pair(tmp_path)
    named = f'[tls]\ncertificate = "{certificate}"\nkey = "{key}"\n'
    reload(server, config, named)
    assert shown_fingerprint(server.address()) == fingerprint_of(certificate)
    for file, other in zip((certificate, key), write_pair(tmp_path, "next"), strict=True):
        other.replace(file)
    assert reload(server, config, named)["event"] == "settings.reloaded"
    assert shown_fingerprint(server.address()) == (good := fingerprint_of(certificate))
    certificate.write_text("nothing")
    outcome = reload(server, config, f"{named}[limits]\nconnections = 1\n")
    assert outcome["event"] == "settings.refused"
    assert "holds no certificate" in str(outcome["problems"])
    assert shown_fingerprint(server.address()) == good


def test_bad_settings_change_nothing(server: ConfinedServer, config: Path, connect: Connect) -> None:
    """The same sentences as at a start stand in one warning, and everything goes on as it was."""
    ann = connect(server.address(), b"ann\n")
    ann.ping("in")
    outcome = reload(server, config, "limits.brust = 1\nlimits.message_bytes = 20\nlimits.burst = -1\n")
    assert (outcome["event"], outcome["level"]) == ("settings.refused", "warning")
    assert [str(problem).rpartition("$.")[2].partition(":")[0] for problem in outcome["problems"]] == [  # type: ignore[attr-defined] # a list
        "limits.brust",
        "limits.burst",
    ]
    ann.send(f"{words('x' * 100)}\n".encode())
    assert b"is the most" not in ann.ping("said")


def test_what_cannot_change_is_said(server: ConfinedServer, config: Path, connect: Connect) -> None:
    """Options win over the file: what the command line has said is still so, and is no change."""
    assert reload(server, config, 'listen = ["127.0.0.1:1"]\ndata = "elsewhere"\n')["changed"] == []
    assert not [entry for entry in server.logs if entry["event"] == "setting.needs_restart"]
    reload(server, config, 'database = "postgresql://ann:s3cret@db/x"\n')
    (warning,) = [entry for entry in server.logs if entry["event"] == "setting.needs_restart"]
    assert (warning["setting"], warning["level"]) == ("database", "warning")
    assert "s3cret" not in server.log_text
    connect(server.address(), b"ann\n").ping("in")


def test_a_window_that_is_closed_ends_the_server(tmp_path: Path) -> None:
    """Whoever closes the terminal in which a server runs does not leave it behind."""
    data = tmp_path / "data"
    window = Terminal([sys.executable, "-m", "hubbub", "serve", "--listen", "127.0.0.1:0", "--data", str(data)])
    window.see("ready on ")
    window.hang_up()
