"""The composer: where one writes. It grows with what is written, remembers what was, and completes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from textual import events
from textual.message import Message
from textual.widgets import TextArea

from hubbub.core.texts import remove_controls
from hubbub.tui.completing import Completion, Words, complete
from hubbub.tui.widgets.bindings import NO_KEYMAP, actions_for

PASTED_LINES: Final = 1
"""What is pasted in more lines is not put in before somebody says so."""

PASTED_CHARACTERS: Final = 4_000
"""Nor what is longer: a screen or two."""

TYPED: Final = 20_000
"""Most characters that are typed one by one: more than a message may have. What is longer is sent as a file."""

LOADED: Final = 100_000
"""Most characters that are put in at once, whoever wants that: several of the longest messages."""


class Composer(TextArea):
    """See the module."""

    class Submitted(Message):
        """Something is to be sent, or done."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Pasted(Message):
        """Much was pasted; it is nowhere yet."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Filled(Message):
        """There is no room for what was typed."""

    class Completing(Message):
        """There is a choice of completions, one of which stands in the text; or none any more."""

        def __init__(self, labels: Sequence[str], chosen: int) -> None:
            super().__init__()
            self.labels = labels
            self.chosen = chosen

    class Written(Message):
        """The text has changed under somebody's fingers."""

    def __init__(self, keymap: Mapping[str, str] = NO_KEYMAP, *, id: str | None = None) -> None:  # noqa: A002 - as Textual
        """Take keys as they are in the table, but for those that somebody has set himself."""
        super().__init__(id=id, soft_wrap=True, tab_behavior="focus", compact=True, highlight_cursor_line=False)
        self._actions = actions_for(keymap)
        # It would wake the program twice a second, over a slow line as well.
        self.cursor_blink = False
        self.find_words: Callable[[], Words] = Words
        """Returns what may be completed to, when somebody wants to know."""
        self.written: Sequence[str] = ()
        """What was written before, oldest first."""
        self._back = 0
        """How far back in it one is."""
        self._kept = ""
        """What was being written when somebody went back."""
        self._completion: Completion | None = None
        self._chosen = 0
        self._before = ""
        """What stood before the cursor when completing began."""

    def load(self, text: str) -> None:
        """Put another text in, with the cursor at its end."""
        self._forget()
        self._back = 0
        # It may have been begun elsewhere, or be what a server says that one has said.
        self.load_text(remove_controls(text)[:LOADED])
        self.move_cursor(self.document.end)

    def put_in(self, text: str) -> None:
        """Put something in where the cursor is."""
        self._forget()
        self.insert(remove_controls(text))

    def action_submit(self) -> None:
        """Send it; nothing happens where nothing is written."""
        text = self.text
        if not text.strip():
            return
        self.load("")
        self.post_message(self.Submitted(text.strip("\n")))

    def action_break_line(self) -> None:
        """Go on in another line."""
        self._forget()
        self.insert("\n")

    def action_earlier(self) -> None:
        """Go up a line; in the first one, to what was written before."""
        if self.wrapped_document.location_to_offset(self.cursor_location).y > 0:
            self.action_cursor_up()
        elif self._back < len(self.written):
            if not self._back:
                self._kept = self.text
            self._go_back(self._back + 1)

    def action_later(self) -> None:
        """Go down a line; in the last one, to what was written later."""
        if self.wrapped_document.location_to_offset(self.cursor_location).y < self.wrapped_document.height - 1:
            self.action_cursor_down()
        elif self._back:
            self._go_back(self._back - 1)

    def action_complete(self, step: int) -> None:
        """Put in what the word may become, and with the next press what else it may."""
        if self._completion is None:
            row, column = self.cursor_location
            self._before = "\n".join([*self.text.split("\n")[:row], self.document.get_line(row)[:column]])
            self._completion = complete(self._before, self.find_words())
            self._chosen = -1 if step > 0 else 0
        completion = self._completion
        if completion is None:
            return
        self._chosen = (self._chosen + step) % len(completion.candidates)
        self._put_completion(completion)
        self.post_message(self.Completing(completion.labels, self._chosen))
        if len(completion.candidates) == 1:
            self._forget()

    def _put_completion(self, completion: Completion) -> None:
        start = self._before[: completion.start]
        row = start.count("\n")
        column = len(start) - start.rfind("\n") - 1
        self.replace(
            completion.candidates[self._chosen], (row, column), self.cursor_location, maintain_selection_offset=False
        )

    def _go_back(self, back: int) -> None:
        self._forget()
        self.load_text(self.written[-back] if back else self._kept)
        self._back = back
        self.move_cursor(self.document.end)

    def _is_full(self) -> bool:
        return sum(map(len, self.document.lines)) >= TYPED

    def _forget(self) -> None:
        """Choose no longer between completions."""
        if self._completion is not None:
            self._completion = None
            self.post_message(self.Completing((), 0))

    async def _on_key(self, event: events.Key) -> None:
        if event.is_printable and self._is_full():
            # Terminals that do not say what is pasted type it, and each letter costs as much as is there already.
            event.stop()
            event.prevent_default()
            self.post_message(self.Filled())
            return
        action = self._action_of(event)
        if action is None or not action.startswith("complete"):
            self._forget()
        if action is None:
            await super()._on_key(event)
        else:
            # At once, and not by a binding: those wait until they have gone through everything around this, and what
            # is typed meanwhile would come before them.
            event.stop()
            event.prevent_default()
            await self.run_action(action)
        self._draw_now()
        if event.is_printable or event.key == "backspace":
            self.post_message(self.Written())

    def _draw_now(self) -> None:
        """Draw what is written, and nothing else: not at the next tick of Textual's timer, with all that is said.

        What else is to be drawn stays so.
        """
        screen = self.screen
        if self._layout_required or not self._repaint_required or not screen.is_current:
            return
        self._repaint_required = False
        # Nothing public draws one widget at once.
        others = screen._dirty_widgets - {self}  # noqa: SLF001
        screen._compositor.update_widgets({self})  # noqa: SLF001
        screen._compositor_refresh()  # noqa: SLF001
        screen._dirty_widgets |= others  # noqa: SLF001

    def _action_of(self, event: events.Key) -> str | None:
        """Return what a key does besides standing in the text."""
        action = self._actions.get(event.key)
        bindings = self._bindings.key_to_bindings.get(event.key)
        if action is None and bindings and not event.is_printable:
            action = bindings[0].action
        return action

    async def _on_paste(self, event: events.Paste) -> None:
        text = remove_controls(event.text.replace("\r\n", "\n").replace("\r", "\n"))
        event.stop()
        event.prevent_default()
        self._forget()
        if text.strip("\n").count("\n") >= PASTED_LINES or len(text) > PASTED_CHARACTERS:
            self.post_message(self.Pasted(text))
        else:
            self.insert(text.rstrip("\n") if "\n" in text else text)
            self.post_message(self.Written())
