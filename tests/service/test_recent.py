"""A table that forgets: by age, and by number."""

from hubbub.service.recent import Recent


def test_what_is_kept_is_found_for_a_while() -> None:
    """Until its time is over, to the second; keeping it again begins its time anew."""
    recent: Recent[str, int] = Recent(10, 60)
    recent.keep("a", 1, 100.0)
    assert recent.find("a", 160.0) == 1
    assert recent.find("a", 160.5) is None
    recent.keep("a", 2, 150.0)
    assert recent.find("a", 210.0) == 2
    assert recent.find("b", 150.0) is None


def test_the_oldest_goes_first() -> None:
    """When it is full, what was kept longest ago makes room, however often it was looked for."""
    recent: Recent[int, str] = Recent(3, 60)
    for number in (1, 2, 3):
        recent.keep(number, "", 0.0)
    assert recent.find(1, 0.0) == ""
    recent.keep(1, "again", 1.0)
    recent.keep(4, "", 1.0)
    assert [recent.find(number, 1.0) for number in (1, 2, 3, 4)] == ["again", None, "", ""]


def test_what_is_over_takes_no_memory() -> None:
    """Keeping something lets go of all that is forgotten."""
    recent: Recent[int, str] = Recent(1_000, 60)
    for number in range(100):
        recent.keep(number, "", float(number))
    recent.keep(0, "", 149.5)
    assert len(recent) == 11
