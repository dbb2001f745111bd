"""Asking: a question with a few fields or a few answers, in front of everything else."""

from collections.abc import Sequence
from typing import ClassVar

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Static

from hubbub.tui.screens.card import Card
from hubbub.tui.visible import cut_text, make_line_visible, make_visible


class Field(msgspec.Struct, frozen=True):
    """Something that is asked."""

    id: str
    label: str
    value: str = ""
    is_secret: bool = False


class Answer(msgspec.Struct, frozen=True):
    """What may be answered."""

    id: str
    label: str
    is_usual: bool = False
    """Whether Enter means it."""
    is_grave: bool = False
    """Whether it takes something away."""


class Given(msgspec.Struct, frozen=True):
    """What was answered, and what stands in the fields."""

    answer: str
    values: dict[str, str]


class Ask(Card[Given | None]):
    """A question; ends with None where somebody would rather not answer."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", show=False)]

    def __init__(self, title: str, text: str, answers: Sequence[Answer], fields: Sequence[Field] = ()) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._answers = answers
        self._fields = fields

    def compose(self) -> ComposeResult:
        """Put the answers below the fields below the question."""
        with Vertical(classes="card ask"):
            yield Static(make_line_visible(self._title), classes="title", markup=False)
            yield Static(make_visible(cut_text(self._text)), classes="text", markup=False)
            for field in self._fields:
                yield Static(field.label, classes="label", markup=False)
                yield Input(field.value, password=field.is_secret, id=f"field-{field.id}", compact=True)
            with Horizontal(classes="answers"):
                for answer in self._answers:
                    kind = "-grave" if answer.is_grave else "-usual" if answer.is_usual else "-other"
                    yield Button(answer.label, id=f"answer-{answer.id}", classes=kind, compact=True)

    def on_mount(self) -> None:
        """Begin at the first field that is empty, or at what is usually answered."""
        empty = next((field for field in self._fields if not field.value), None)
        if self._fields:
            self.query_one(f"#field-{(empty or self._fields[0]).id}").focus()
        else:
            usual = next((answer for answer in self._answers if answer.is_usual), self._answers[0])
            self.query_one(f"#answer-{usual.id}").focus()

    @on(Button.Pressed)
    def take_answer(self, event: Button.Pressed) -> None:
        """End with an answer."""
        self._end((event.button.id or "").removeprefix("answer-"))

    @on(Input.Submitted)
    def take_field(self, event: Input.Submitted) -> None:
        """Go to the next field, or end with what is usually answered."""
        ids = [f"field-{field.id}" for field in self._fields]
        place = ids.index(event.input.id or "")
        if place + 1 < len(ids):
            self.query_one(f"#{ids[place + 1]}").focus()
            return
        usual = next((answer for answer in self._answers if answer.is_usual), self._answers[0])
        self._end(usual.id)

    def action_leave(self) -> None:
        """Answer nothing."""
        self.end(None)

    def _end(self, answer: str) -> None:
        values = {field.id: self.query_one(f"#field-{field.id}", Input).value for field in self._fields}
        self.end(Given(answer, values))
