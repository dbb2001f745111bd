"""Questions: what was asked and is not answered yet, over any number of connections."""

from collections.abc import Iterable, Iterator
from typing import Final

from hubbub.client.errors import Unanswered
from hubbub.client.happenings import Answered, Failed, Question
from hubbub.core.catalog import Record
from hubbub.core.features.annotating import Reply
from hubbub.core.features.messages import Announced, Broadcast, Confided, Said, Say
from hubbub.core.kinds import PersonId
from hubbub.core.message_answers import Done
from hubbub.wire import native

ONE_MESSAGE: Final = (Say, Reply, Broadcast)
"""What becomes one message, so that hearing it is as good as being told that it is stored."""


class Questions:
    """All of them, in the order in which they were asked."""

    def __init__(self) -> None:
        self._by_id: dict[int, Question] = {}
        self._by_nonce: dict[str, Question] = {}
        self._last_id = 0

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Question]:
        return iter(tuple(self._by_id.values()))

    def add(self, request: native.Request) -> Question:
        """Give a question its id, and keep it."""
        self._last_id += 1
        question = Question(self._last_id, request)
        self._by_id[question.id] = question
        if question.nonce:
            self._by_nonce[question.nonce] = question
        return question

    def find(self, id_: native.Id) -> Question | None:
        """Return the question that has this id, if it is not answered."""
        return self._by_id.get(id_) if isinstance(id_, int) else None

    def drop(self, question: Question) -> None:
        """Keep it no longer; harmless when repeated."""
        self._by_id.pop(question.id, None)
        self._by_nonce.pop(question.nonce, None)

    def recognize(self, records: Iterable[Record]) -> Iterator[Answered]:
        """Find one's own messages, and drop what they answer: what is heard is stored."""
        for record in records if self._by_nonce else ():
            event = record.event
            if not isinstance(event, Said | Confided | Announced) or not event.nonce:
                continue
            question = self._by_nonce.get(event.nonce)
            if question is not None and question.sender == event.author and isinstance(question.request, ONE_MESSAGE):
                self.drop(question)
                yield Answered(question, Done(record.id))

    def lose(self) -> list[Failed]:
        """Drop what was on its way and may not be sent twice."""
        return [self.fail(one) for one in self if one.sender is not None and not one.is_repeatable]

    def disown(self, you: PersonId) -> list[Failed]:
        """Drop what was sent as somebody else: the server cannot tell any more that it would be said twice."""
        return [self.fail(one) for one in self if one.nonce and one.sender not in {None, you}]

    def fail(self, question: Question) -> Failed:
        """Drop it, for its answer will never come."""
        self.drop(question)
        what = type(question.request).__name__
        error = Unanswered(f"The connection was lost before {what} was answered: it may have been done, or not.")
        return Failed(question, error)
