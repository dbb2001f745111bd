"""Watchers: who may read the figures."""

import pytest

from hubbub.server.listen import join_host_port
from hubbub.server.watchers import WatcherAddressError, Watchers
from hubbub.service.peers import Peer, group_of

USUAL = ("127.0.0.0/8", "::1")


@pytest.mark.parametrize(
    ("texts", "host", "may"),
    [
        (USUAL, "127.0.0.1", True),
        (USUAL, "127.9.9.9", True),
        (USUAL, "::1", True),
        (USUAL, "::ffff:127.0.0.1", True),
        (USUAL, "192.0.2.7", False),
        (USUAL, "2001:db8::1", False),
        (("192.0.2.0/24", "2001:db8::7"), "192.0.2.7", True),
        (("192.0.2.0/24", "2001:db8::7"), "2001:db8::7", True),
        (("192.0.2.0/24", "2001:db8::7"), "2001:db8::8", False),
        ((), "127.0.0.1", False),
    ],
)
def test_who_may_watch(texts: tuple[str, ...], host: str, may: bool) -> None:
    """By the address itself: not by what counts as one place for limits."""
    assert (Peer(join_host_port(host, 4242), group_of(host)) in Watchers(texts)) is may


@pytest.mark.parametrize("text", ["", "localhost", "192.0.2.1/24", "1.2.3"])
def test_what_is_no_address_is_refused(text: str) -> None:
    """With an example of what is."""
    with pytest.raises(WatcherAddressError, match=r"192\.0\.2\.7"):
        Watchers((text,))
