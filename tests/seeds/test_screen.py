"""What a client shows is kept in order, and a test can wait for it."""

import pytest

from tests.seeds.lines import PROMPT, LineAssembler
from tests.seeds.screen import End, NothingShownError, Screen


def test_lines_are_taken_in_the_order_in_which_they_were_shown() -> None:
    """Taking gives the oldest unheard line; the transcript keeps everything."""
    screen = Screen()
    screen.show("one")
    screen.note("> typed")
    screen.show("two")
    assert [screen.take(0), screen.take(0)] == ["one", "two"]
    assert screen.transcript == "  one\n> typed\n  two"


def test_picking_leaves_the_lines_before_it_unheard() -> None:
    """A barrier's answer is taken out of the middle, and says what stood before it."""
    screen = Screen()
    for line in ("one", "pong", "two"):
        screen.show(line)
    assert screen.pick(lambda line: line == "pong", 0) == ["one"]
    assert screen.unheard == ["one", "two"]


def test_waiting_for_a_client_that_has_ended_says_how_it_ended() -> None:
    """What can never come any more is not waited for, and only the first ending counts."""
    screen = Screen()
    screen.end(End.DIED, "bad bytes")
    screen.end(End.LEFT, "closed by its user")
    with pytest.raises(NothingShownError, match="died: bad bytes"):
        screen.take(60)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_lines_come_out_whole_however_they_arrive(size: int) -> None:
    """Any pieces give the same lines, and the prompt is given out without a line end, once."""
    text = f"welcome\r\n[12:00:01] {PROMPT}"
    assembler = LineAssembler()
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    lines = [line for piece in [*pieces, " hello ann\nlast\nhalf"] for line in assembler.feed(piece)]
    assert lines == ["welcome", f"[12:00:01] {PROMPT}", "hello ann", "last"]
    assert assembler.rest == "half"


def test_a_prompt_with_a_line_end_is_a_line_like_any_other() -> None:
    """Whether the line end comes at once or later, the prompt is one line."""
    at_once, later = LineAssembler(), LineAssembler()
    assert at_once.feed(f"{PROMPT}\nnext\n") == [PROMPT, "next"]
    assert [*later.feed(f"{PROMPT} "), *later.feed("\nnext\n")] == [PROMPT, "next"]
