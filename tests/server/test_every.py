"""Every: what is due again and again."""

from hubbub.server.every import Every


def test_it_is_due_once_in_so_many_seconds() -> None:
    """Not before, not twice, and late if nobody asked."""
    chore = Every(10.0, 100.0)
    assert [now for now in range(100, 140, 3) if chore.is_due(now)] == [112, 124, 136]
    assert chore.is_due(1_000.0)
    assert not chore.is_due(1_009.9)


def test_a_frequent_chore_does_not_put_a_rare_one_off() -> None:
    """Each keeps its own time."""
    often, rarely = Every(10.0, 0.0), Every(60.0, 0.0)
    done = [(often.is_due(now), rarely.is_due(now)) for now in range(2, 200, 2)]
    assert (sum(one for one, _ in done), sum(other for _, other in done)) == (19, 3)
