"""What is printed at the start: how to join, where it listens, and last that it is ready."""

import shlex

import pytest

from hubbub.server.listen import ListenAddress
from hubbub.server.welcome import describe_danger, describe_joining, describe_lan


def test_a_server_with_one_port_tells_how_everybody_joins() -> None:
    """Netcat first, then the clients that the one port finds out; listeners and `ready` are the last lines."""
    lines = describe_joining([ListenAddress("127.0.0.1", 4242)])
    text = "\n".join(lines)
    assert "nc 127.0.0.1 4242" in text
    assert "telnet 127.0.0.1 4242" in text
    assert "IRC client           irssi -c 127.0.0.1 -p 4242" in lines[3]
    assert "browser              http://127.0.0.1:4242" in lines[4]
    assert "hubbub chat 127.0.0.1:4242" in text
    assert "hubbub send '#lobby' hello --server 127.0.0.1:4242" in text
    assert "http://127.0.0.1:4242/api" in text
    assert "SEND/BROADCAST chat  127.0.0.1:4242" in text
    assert "/whisper chat        127.0.0.1:4242" in text
    assert "fixed-header chat    127.0.0.1:4242" in text
    assert "JSON-packet chat     127.0.0.1:4242" in text
    assert "page of a chat       ws://127.0.0.1:4242" in text
    assert "text-packet chat     127.0.0.1:4242" not in text, "its clients are silent, and need another port"
    assert lines[-2:] == ["listening on 127.0.0.1:4242 (auto)", "ready on 127.0.0.1:4242"]


def test_each_client_is_sent_to_its_own_listener() -> None:
    """A pinned listener is better than the one port; of two, the first is told; all are listed, in their order.

    Only the first is `ready`: that line is for programs, which know how it reads.
    """
    listeners = [
        ListenAddress("127.0.0.1", 1, "text-frames"),
        ListenAddress("127.0.0.1", 2),
        ListenAddress("127.0.0.1", 3, "json-frames"),
        ListenAddress("127.0.0.1", 4, "text-frames"),
    ]
    lines = describe_joining(listeners)
    text = "\n".join(lines)
    assert "nc 127.0.0.1 2" in text
    assert "text-packet chat     127.0.0.1:1" in text
    assert "JSON-packet chat     127.0.0.1:3" in text
    assert "fixed-header chat    127.0.0.1:2" in text
    assert "page of a chat       ws://127.0.0.1:2" in text
    protocols = ("text-frames", "auto", "json-frames", "text-frames")
    assert lines[-5:] == [
        *(f"listening on 127.0.0.1:{port} ({protocol})" for port, protocol in enumerate(protocols, 1)),
        "ready on 127.0.0.1:1",
    ]


@pytest.mark.parametrize(("host", "shown", "reached"), [("0.0.0.0", "0.0.0.0", "127.0.0.1"), ("::", "[::]", "::1")])
def test_every_address_is_reached_by_one(host: str, shown: str, reached: str) -> None:
    """Nobody can connect to all addresses of a machine: one of them is shown, and the listener as it is."""
    lines = describe_joining([ListenAddress(host, 4242)])
    assert f"nc {reached} 4242" in "\n".join(lines)
    assert lines[-1] == f"ready on {shown}:4242"


def test_a_server_without_text_does_not_speak_of_netcat() -> None:
    """What cannot be done is not advised."""
    text = "\n".join(describe_joining([ListenAddress("127.0.0.1", 4242, "json-frames")]))
    assert "nc " not in text
    assert "ws://" not in text
    assert "http://" not in text
    assert "hubbub send" not in text
    assert "IRC" not in text


def test_the_hint_for_silent_clients_keeps_what_there_is() -> None:
    """Listeners on the command line replace all others, so the options to copy name every one that is open."""
    lines = describe_joining([ListenAddress("127.0.0.1", 4242), ListenAddress("::1", 7, "json-frames")])
    at = next(number for number, line in enumerate(lines) if "text-packet chat" in line)
    options = "\n".join(lines[at + 1 : lines.index("Stop with Ctrl+C.")])
    assert shlex.split(options.replace("\\\n", "")) == [
        *("--listen", "127.0.0.1:4242"),
        *("--listen", "[::1]:7=json-frames"),
        *("--listen", "127.0.0.1:0=text-frames"),
    ]


@pytest.mark.parametrize("count", [1, 2, 9])
def test_a_terminal_is_wide_enough(count: int) -> None:
    """No line is longer than 80 columns, with the longest IPv4 addresses and ports there are."""
    lines = describe_joining([ListenAddress("255.255.255.255", 65_535 - number) for number in range(count)])
    assert max(map(len, lines)) <= 80


def test_neighbours_are_told_where_to_come() -> None:
    """Every place but those that only this machine reaches, and below them the code."""
    listeners = [ListenAddress("192.168.1.5", 4242), ListenAddress("fd00::5", 4242), ListenAddress("127.0.0.1", 4242)]
    assert describe_lan(listeners, ["code"]) == [
        "Your neighbours join at:",
        "  192.168.1.5:4242",
        "  [fd00::5]:4242",
        "code",
    ]


def test_danger_is_told_where_there_is_some() -> None:
    """One plain sentence for all places."""
    assert describe_danger([]) == []
    (line,) = describe_danger(["198.51.100.5:4242", "[2001:db8::5]:4242"])
    assert line.startswith("Warning: 198.51.100.5:4242, [2001:db8::5]:4242 may be reached by everybody")
