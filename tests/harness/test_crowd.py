"""A crowd comes in as far as it is let in, and says who was not."""

import resource
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest

from tests.harness.crowd import Crowd, allow_files
from tests.harness.errors import Unmet
from tests.seeds.client import Address


@contextmanager
def answering(answer: bytes, comers: int) -> Iterator[Address]:
    """Answer so whatever so many people say, and close."""

    def attend() -> None:
        for _ in range(comers):
            connection, _ = listener.accept()
            with connection:
                connection.recv(1_024)
                connection.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        doorkeeper = Thread(target=attend)
        doorkeeper.start()
        yield Address(*listener.getsockname())
        doorkeeper.join()


def test_a_crowd_that_is_let_in() -> None:
    """It waits for 001, and for the end of the names where it goes into the lobby."""
    crowd = Crowd()
    with answering(b":here 001 you :Welcome\r\n", 2) as address:
        crowd.come(address, 2, into_lobby=False)
    with answering(b":here 001 you :Welcome\r\n:here 366 you #lobby :End\r\n", 1) as address:
        crowd.come(address, 1, into_lobby=True)
    crowd.leave()


def test_a_crowd_that_is_not_let_in() -> None:
    """Who it was is said, by a name that goes on from those who came before, and what he was told."""
    crowd = Crowd()
    with answering(b":here 001 you :Welcome\r\n", 1) as address:
        crowd.come(address, 1, into_lobby=False)
    with answering(b"ERROR :full\r\n", 1) as address, pytest.raises(Unmet, match=r"crowd2 was not let in, .*:full"):
        crowd.come(address, 1, into_lobby=False)
    crowd.leave()


def test_a_crowd_for_which_there_are_no_files() -> None:
    """The limit of the system is named."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard == resource.RLIM_INFINITY:
        pytest.skip("this user may open as many files as he likes")
    with pytest.raises(Unmet, match=f"may open {hard} files, and the crowd needs {hard + 1}"):
        allow_files(hard + 1)
