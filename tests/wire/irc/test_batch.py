"""Batches: where they begin and end."""

import pytest

from hubbub.wire.irc.batch import BatchEnd, BatchStart, parse_batch


@pytest.mark.parametrize(
    ("params", "batch"),
    [
        (("+yXNA-1", "netsplit", "irc.hub", "other.host"), BatchStart("yXNA-1", "netsplit", ("irc.hub", "other.host"))),
        (("+1", "draft/multiline", "#tea"), BatchStart("1", "draft/multiline", ("#tea",))),
        (("+1", "example.com/foo"), BatchStart("1", "example.com/foo")),
        (("-1",), BatchEnd("1")),
        (("-1", "more"), BatchEnd("1")),
        ((), None),
        (("",), None),
        (("+",), None),
        (("+1",), None),
        (("1", "netsplit"), None),
        (("+a b", "netsplit"), None),
        (("+ü", "netsplit"), None),
        (("+" + "x" * 65, "netsplit"), None),
    ],
)
def test_begin_and_end_are_read(params: tuple[str, ...], batch: BatchStart | BatchEnd | None) -> None:
    """IRCv3 batch: a reference has ASCII letters, digits and hyphens; a batch has a type."""
    assert parse_batch(params) == batch
