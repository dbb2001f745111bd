"""Listening sockets: all of them or none, each with the port it really has."""

import errno
import resource
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from hubbub.server.errors import StartError
from hubbub.server.listen import ListenAddress
from hubbub.server.sockets import open_listeners

Opened = list[tuple[ListenAddress, socket.socket]]


@pytest.fixture
def taken() -> Iterator[ListenAddress]:
    """Listen somewhere, so that nobody else can."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield ListenAddress("127.0.0.1", other.getsockname()[1])


def opened(*addresses: ListenAddress) -> Opened:
    """Open listeners, and close them again."""
    listeners = open_listeners(list(addresses))
    for _, listener in listeners:
        listener.close()
    return listeners


def test_port_0_is_a_free_one() -> None:
    """Each gets another, the protocol stays, and the order is that of the settings."""
    found = [address for address, _ in opened(ListenAddress("127.0.0.1", 0), ListenAddress("127.0.0.1", 0, "text"))]
    assert [(address.host, address.protocol) for address in found] == [("127.0.0.1", "auto"), ("127.0.0.1", "text")]
    assert len({address.port for address in found} - {0}) == 2


def test_all_addresses_of_both_kinds_can_be_had_on_one_port() -> None:
    """`[::]` is IPv6 alone, so that `0.0.0.0` may have the same port."""
    (first, listener), *_ = open_listeners([ListenAddress("0.0.0.0", 0)])
    with listener:
        ((second, _),) = opened(ListenAddress("::", first.port))
    assert second.port == first.port


def test_nobody_waits_for_a_listener() -> None:
    """It never blocks the loop, and a server that restarts may have its port at once."""
    ((_, listener),) = open_listeners([ListenAddress("127.0.0.1", 0)])
    with listener:
        assert listener.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR)
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_one_that_cannot_be_had_leaves_none_open(taken: ListenAddress) -> None:
    """The sentence names it, and what was opened before is free for others again."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        free = other.getsockname()[1]
    with pytest.raises(StartError, match=f"127.0.0.1:{taken.port} is in use"):
        open_listeners([ListenAddress("127.0.0.1", free), taken])
    opened(ListenAddress("127.0.0.1", free))


@pytest.mark.parametrize(
    ("host", "sentence"),
    [
        ("no-such-host.invalid", "No address is known for no-such-host.invalid. Correct the name, or write an address"),
        ("192.0.2.1", "192.0.2.1 is not an address of this machine. Listen on 127.0.0.1"),
        ("2001:db8::1", "2001:db8::1 is not an address of this machine. Listen on 127.0.0.1"),
    ],
)
def test_an_address_of_somebody_else(host: str, sentence: str) -> None:
    """It is named in a sentence, with what would do."""
    with pytest.raises(StartError, match=sentence):
        open_listeners([ListenAddress(host, 0)])


RAISED = """
import resource
from hubbub.server.sockets import allow_many_sockets
resource.setrlimit(resource.RLIMIT_NOFILE, (64, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
allow_many_sockets()
print(*resource.getrlimit(resource.RLIMIT_NOFILE))
"""


def test_all_descriptors_are_taken_that_may_be_had() -> None:
    """The soft limit becomes the hard one."""
    answer = subprocess.run([sys.executable, "-c", RAISED], capture_output=True, text=True, check=True)
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert answer.stdout.split() == [str(hard), str(hard)]


def test_an_error_without_words_of_ours_keeps_the_system_s(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else the system may say when it is asked to listen is passed on, with the address."""

    def refuse(_listener: socket.socket, _backlog: int) -> None:
        raise OSError(errno.ENOMEM, "Cannot allocate memory")

    monkeypatch.setattr(socket.socket, "listen", refuse)
    with pytest.raises(StartError, match=r"127\.0\.0\.1:0 cannot be listened on: Cannot allocate memory"):
        open_listeners([ListenAddress("127.0.0.1", 0)])
