"""Links begin with a place that shows pages, one that others reach if there is one."""

import pytest

from hubbub.server.addresses import outward_address
from hubbub.server.links import link_to, own_link_to
from hubbub.server.listen import ListenAddress


@pytest.mark.parametrize(
    ("listeners", "link"),
    [
        (["127.0.0.1:4242"], "http://127.0.0.1:4242"),
        (["[::1]:4242", "localhost:4242"], "http://[::1]:4242"),
        (["localhost:4242", "192.0.2.7:4242", "192.0.2.8:4242"], "http://192.0.2.7:4242"),
        (["127.0.0.1:4242", "chat.example.org:80"], "http://chat.example.org:80"),
        (["192.0.2.7:1=text", "[fd00::5]:4242"], "http://[fd00::5]:4242"),
        (["[::]:4242"], "http://[::1]:4242"),
        (["[::]:4242", "192.0.2.7:4242"], "http://192.0.2.7:4242"),
        (["192.0.2.7:4242=text", "127.0.0.1:0"], "http://HOST:PORT"),
    ],
)
def test_links_begin_with_a_listener(listeners: list[str], link: str) -> None:
    """The first that shows pages to others than this machine; none can be told of a port that is not known."""
    assert link_to([ListenAddress.parse(text) for text in listeners]) == link


@pytest.mark.parametrize(
    ("listeners", "link"),
    [
        (["127.0.0.1:4242"], "http://127.0.0.1:4242"),
        (["192.0.2.7:4242", "[::1]:4242"], "http://[::1]:4242"),
        (["192.0.2.7:4242"], "http://192.0.2.7:4242"),
        (["0.0.0.0:4242"], "http://127.0.0.1:4242"),
        (["127.0.0.1:4242=text"], ""),
    ],
)
def test_own_links_begin_with_this_machine(listeners: list[str], link: str) -> None:
    """There, a password may be sent in clear text; no link leads where no page is shown."""
    assert own_link_to([ListenAddress.parse(text) for text in listeners]) == link


def test_every_address_is_reached_by_one() -> None:
    """The one towards the rest of the world, if there is a way there."""
    host = outward_address() or "127.0.0.1"
    assert link_to([ListenAddress("0.0.0.0", 4242)]) == f"http://{host}:4242"
