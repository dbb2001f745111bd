"""Shares: everybody has one, it is used up, and it grows again."""

from hubbub.service.shares import Shares


def test_a_share_is_used_up_and_grows_again() -> None:
    """As fast as it is said, to what it was and no further; others have their own."""
    shares: Shares[str] = Shares(10, 2, 100)
    assert shares.left("ann", 0) == 10
    shares.take("ann", 7, 0)
    assert shares.left("ann", 0) == 3
    shares.take("ann", 3, 1)
    assert (shares.left("ann", 1), shares.left("bob", 1)) == (2, 10)
    assert shares.left("ann", 2.5) == 5
    assert shares.left("ann", 5) == shares.left("ann", 100) == 10


def test_a_share_that_is_overdrawn_takes_the_longer() -> None:
    """Nobody is owed less than nothing for ever."""
    shares: Shares[str] = Shares(10, 2, 100)
    shares.take("ann", 14, 0)
    assert shares.left("ann", 0) == 0
    assert shares.left("ann", 4) == 4
