"""Batches: where they begin and end, and references of which no two are the same."""

import pytest

from hubbub.wire.irc.batch import BatchEnd, BatchStart, make_reference, parse_batch


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


def test_every_batch_has_a_reference_of_its_own() -> None:
    """Short ones, which a client could have sent itself."""
    references = [make_reference(number) for number in range(3_000)]
    assert len(set(references)) == 3_000
    assert max(map(len, references)) == 3
    assert all(parse_batch((f"-{reference}",)) == BatchEnd(reference) for reference in references)
