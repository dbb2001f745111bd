"""Closing: every reason has its name, and every person a sentence."""

from hubbub.gateways.closing import Closing


def test_every_reason_has_a_code_of_its_own() -> None:
    """Logs and programs can tell them apart: no two rows of the table are the same."""
    assert len({closing.code for closing in Closing}) == len(list(Closing)) == len(Closing.__members__)
    assert all(closing.code == closing.name.lower() for closing in Closing)


def test_everybody_who_is_there_is_told_why() -> None:
    """In a sentence; only who is gone already is told nothing."""
    assert [closing for closing in Closing if not closing.sentence] == [Closing.GONE]
    assert all(
        closing.sentence.isprintable() and closing.sentence.endswith(".") for closing in Closing if closing.sentence
    )
