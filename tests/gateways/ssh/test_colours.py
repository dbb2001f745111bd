"""Colours: what is told is the same without them, and nothing in it is obeyed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.gateways.ssh.colours import ColourDialect
from hubbub.gateways.text.phrasebook import TextDialect
from hubbub.phrasing.stamps import Stamper

COLOUR = re.compile(rb"\x1b\[[0-9;]*m")

COLOURED = ColourDialect(Stamper(), labelled=True, announce=True)
PLAIN = TextDialect(Stamper(), labelled=True, announce=True)


@pytest.mark.parametrize(
    "head",
    ["[SERVER] ", "[ann] ", "[#tea] [ann → bob “hi”] ", "* ann ", "[PRIVATE FROM ann] * ann ", "[BROADCAST FROM ann] "],
)
def test_nothing_is_told_by_colour_alone(head: str) -> None:
    """Without its colours, a line is that of everybody else; and each of its lines ends as it began."""
    coloured = COLOURED.encode_lines(0, head, "one\ntwo")
    assert COLOUR.sub(b"", coloured) == PLAIN.encode_lines(0, head, "one\ntwo")
    for line in coloured.splitlines():
        assert COLOUR.findall(line)[-1] == b"\x1b[0m"


@given(st.text(), st.text())
def test_nothing_is_obeyed(head: str, text: str) -> None:
    """Whatever a text holds, the only sequences are ours."""
    told = COLOUR.sub(b"", COLOURED.encode_lines(0, head.encode(errors="ignore").decode(), text)).decode()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", told)


def test_names_have_their_colours() -> None:
    """The same name the same one, everywhere; others mostly another."""
    heads = [COLOURED.encode_lines(0, f"[{name}] ", "hi") for name in ("ann", "ann", "bob", "carl", "dora")]
    assert heads[0] == heads[1]
    assert len({COLOUR.findall(head)[2] for head in heads}) > 1
