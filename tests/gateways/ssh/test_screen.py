"""The screen: what is heard stands above the row that is being written, and secrets on neither."""

import pytest

from hubbub.gateways.ssh.screen import LEAVE, Screen


class Subject:
    """What a line is written for."""

    def __init__(self) -> None:
        self.prompt = "#hall> "
        self.hides_input = False
        self.hears_itself = True

    def complete(self, line: str, place: int) -> tuple[str, int]:
        """Leave it as it is."""
        return line, place


def screen(subject: Subject | None = None, *, has_escapes: bool = True) -> Screen:
    """Return one of twenty cells."""
    return Screen(subject or Subject(), 20, has_escapes=has_escapes)


def test_what_is_heard_comes_above_the_row() -> None:
    """The row is taken away, and drawn again below with the cursor where it was."""
    it = screen()
    assert list(it.receive(b"hello\x1b[D")) == []
    assert it.show(b"[ann] hi\n") == b"\r\x1b[K[ann] hi\r\n#hall> hello\x1b[1D"


def test_a_terminal_without_escapes_is_written_over() -> None:
    """With spaces and backspaces alone."""
    it = screen(has_escapes=False)
    assert list(it.receive(b"hello\x1b[D")) == []
    assert it.show(b"") == b"\r\r#hall> hello\b"
    assert it.show(b"hi\n") == b"\r" + b" " * 12 + b"\rhi\r\n#hall> hello\b"


def test_commands_stay_and_talk_is_heard() -> None:
    """What is said comes back as it is kept, unless it is said in no room; what is asked stays above its answer."""
    subject = Subject()
    it = screen(subject)
    assert list(it.receive(b"hi\r/who\r")) == [(b"hi\n", b""), (b"/who\n", b"#hall> /who\n")]
    subject.hears_itself = False
    assert list(it.receive(b"hi\r")) == [(b"hi\n", b"#hall> hi\n")]


def test_a_secret_stays_nowhere() -> None:
    """It goes to whoever asked for it."""
    subject = Subject()
    it = screen(subject)
    subject.hides_input, subject.prompt = True, "password: "
    assert list(it.receive(b"/secret\r")) == [(b"/secret\n", b"")]
    assert b"secret" not in it.show(b"")


def test_interrupting_empties_the_line_or_leaves() -> None:
    """Ctrl+C first forgets what was written; in an empty line it leaves, and so does Ctrl+D."""
    it = screen()
    assert list(it.receive(b"oops\x03")) == []
    assert list(it.receive(b"\x03")) == [(LEAVE, b"")]
    assert list(it.receive(b"a\x01\x04\x04")) == [(LEAVE, b"")]
    assert list(it.interrupt()) == [(LEAVE, b"")]


def test_a_tab_in_a_pasted_text_completes_nothing() -> None:
    """Neither in a long one nor where there are several; one among few keys was pressed, on a slow line."""

    class Completing(Subject):
        def complete(self, line: str, place: int) -> tuple[str, int]:
            return line + "!", place + 1

    it = screen(Completing())
    assert list(it.receive(b"a\tb\tc\r")) == [(b"a b c\n", b"")]
    assert list(it.receive(b"a\t" + b"b" * 70 + b"\r")) == [(b"a " + b"b" * 70 + b"\n", b"")]
    assert list(it.receive(b"a\tb\r")) == [(b"a!b\n", b"")]


def test_widths_are_believed_within_reason() -> None:
    """A client may name any."""
    it = screen()
    assert list(it.receive(b"x" * 2_000)) == []
    for width, longest in ((0, 90), (1, 20), (2**32 - 1, 1_010)):
        it.resize(width)
        assert len(it.show(b"")) <= longest


def test_a_row_that_was_broken_is_taken_away_whole() -> None:
    """A terminal that has become narrower is asked where its cursor is: that tells whether it has broken the row."""
    it = screen()
    assert list(it.receive(b"elevenchars")) == []
    it.show(b"")
    it.resize(10)
    assert it.show(b"") == b"\x1b[6n"
    assert not it.is_stale
    # 18 cells before the cursor: one row above, and in the second one the ninth cell.
    assert list(it.receive(b"\x1b[24;9R")) == []
    assert it.is_stale
    assert it.show(b"").startswith(b"\x1b[1A\r\x1b[J#")
    assert it.show(b"").startswith(b"\r\x1b[K#")


@pytest.mark.parametrize("answer", [b"\x1b[24;10R", b"\x1b[24;3R", b"\x1b[24;99999999R"])
def test_what_is_above_the_row_stays_where_it_is_not_known_to_be_a_part_of_it(answer: bytes) -> None:
    """Others cut rows off, and then the line above is somebody's word."""
    it = screen()
    assert list(it.receive(b"elevenchars")) == []
    it.show(b"")
    it.resize(10)
    assert it.show(b"") == b"\x1b[6n"
    assert list(it.receive(answer)) == []
    assert it.show(b"").startswith(b"\r\x1b[J#")


def test_only_the_last_answer_counts() -> None:
    """A window that is dragged has many widths; and whoever answers without a question is not believed."""
    it = screen()
    assert list(it.receive(b"\x1b[24;9Relevenchars")) == []
    it.show(b"")
    for width in (12, 10):
        it.resize(width)
        assert it.show(b"") == b"\x1b[6n"
    assert list(it.receive(b"\x1b[24;7R")) == []
    assert not it.is_stale
    assert list(it.receive(b"\x1b[24;9R")) == []
    assert it.show(b"").startswith(b"\x1b[1A\r\x1b[J#")


def test_what_is_heard_meanwhile_is_shown_at_once() -> None:
    """Nobody waits for a terminal that may never answer; one without escapes is not asked."""
    it = screen()
    assert list(it.receive(b"elevenchars")) == []
    it.show(b"")
    it.resize(10)
    assert b"hi" in it.show(b"hi\n")
    poor = screen(has_escapes=False)
    assert list(poor.receive(b"elevenchars")) == []
    poor.show(b"")
    poor.resize(10)
    assert b"#" in poor.show(b"")
