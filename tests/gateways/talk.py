"""The other side of a conversation: takes what it wants, in order, and answers what it asks when a test says so."""

from collections import deque
from collections.abc import Callable, Iterable

from hubbub.core.kinds import Refusal, Seq
from hubbub.core.queries import Answer, Entered
from hubbub.core.room import LOBBY
from hubbub.gateways.conversation import (
    Ask,
    Charge,
    Conversation,
    Depart,
    GiveUp,
    Intent,
    Introduce,
    Later,
    Refocus,
    Reply,
    SendNow,
    Wait,
)
from hubbub.service.pipeline import Request


class Talk:
    """Carries a conversation's intents out as a connection does, on values: no transport, no service."""

    def __init__(self, conversation: Conversation, taken: Iterable[str] = ()) -> None:
        self.conversation = conversation
        self.asked: list[Request] = []
        """Every request, in the order in which they were carried out."""
        self.names: list[str] = []
        """Every name the client wanted."""
        self.ended: str | None = None
        """How it ended: a reason given, or the kind of bytes that were not understood."""
        self._taken = {name: Refusal("name_taken", f"{name} is taken.", suggestion=f"{name}2") for name in taken}
        self._sent = bytearray()
        self._steps: deque[Intent] = deque()
        self.waiting: Request | None = None
        """What was asked and is not answered yet; nothing else is asked meanwhile."""
        self.carry(conversation.begin())

    def hear(self, data: bytes) -> "Talk":
        """Let the client send bytes."""
        return self.carry(self.conversation.receive_data(data))

    def answer(self, answer: Answer) -> "Talk":
        """Answer what was asked first and is not answered yet."""
        request, self.waiting = self.waiting, None
        assert request is not None, "nothing was asked"
        for intent in self.conversation.answered(request, answer):
            if isinstance(intent, Reply):
                self._sent += intent.data
        self._go_on()
        return self

    def enter(self, room: str = LOBBY) -> "Talk":
        """Answer that the client is in a room, where nobody else is and nothing was said."""
        return self.answer(Entered(room, Seq(1), None, 1, (), ()))

    def take(self) -> bytes:
        """Return what the client was sent since the last time."""
        data = bytes(self._sent)
        self._sent.clear()
        return data

    def carry(self, intents: Iterable[Intent]) -> "Talk":
        """Do what the conversation wants."""
        for intent in intents:
            if isinstance(intent, SendNow):
                self._sent += intent.data
            elif isinstance(intent, Introduce):
                self._introduce(intent.name)
            else:
                self._steps.append(intent)
                self._go_on()
        return self

    def _introduce(self, name: str) -> None:
        self.names.append(name)
        refusal = self._taken.get(name)
        self.carry(self.conversation.not_introduced(refusal) if refusal else self.conversation.introduced(name))

    def _go_on(self) -> None:
        while self._steps and self.waiting is None and self.ended is None:
            match self._steps.popleft():
                case Ask(request):
                    self.asked.append(request)
                    self.waiting = request
                case Reply(data):
                    self._sent += data
                case Later(resume):
                    self._come_back_to(resume)
                case Depart(reason):
                    self.ended = reason
                case GiveUp(error):
                    self.ended = type(error).__name__
                case Refocus() | SendNow() | Charge() | Introduce() | Wait():
                    pass

    def _come_back_to(self, resume: Callable[[], Iterable[Intent]]) -> None:
        """Carry out what a line means now, before what came after it."""
        later, self._steps = self._steps, deque()
        self.carry(resume())
        self._steps += later
