"""The other side of a conversation: takes what it wants, in order, and answers what it asks when a test says so."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from msgspec.structs import replace

from hubbub.core.account_answers import LoggedIn
from hubbub.core.account_requests import LogIn
from hubbub.core.answers import Answer
from hubbub.core.kinds import Refusal, RoomId, Seq
from hubbub.core.room import LOBBY
from hubbub.core.room_answers import Entered
from hubbub.gateways.closing import Closing
from hubbub.gateways.conversation import (
    Ask,
    Become,
    BeginScram,
    Charge,
    CloseNow,
    Conversation,
    Depart,
    GiveUp,
    HearOwn,
    Intent,
    Introduce,
    Later,
    Prove,
    Refocus,
    Reply,
    Resume,
    SendNow,
    Wait,
)
from hubbub.service.entrance import Credential
from hubbub.service.requests import Request

LOBBY_AT_REST: Final = Entered(RoomId(1), LOBBY, Seq(1), None, 1, (), ())
NO_ACCOUNTS: Final[Mapping[str, str]] = {}
WRONG: Final = Refusal("wrong_password", "That is wrong.")
NEEDS_ACCOUNT: Final = Refusal("needs_account", "Only people with an account may come in.")


class Talk:
    """Carries a conversation's intents out as a connection does, on values: no transport, no service."""

    def __init__(
        self,
        conversation: Conversation,
        taken: Iterable[str] = (),
        accounts: Mapping[str, str] = NO_ACCOUNTS,
        needs_account: bool = False,  # noqa: FBT002 - named where it is given
    ) -> None:
        self.conversation = conversation
        self.asked: list[Request] = []
        """Every request, in the order in which they were carried out."""
        self.names: list[str] = []
        """Every name the client wanted."""
        self.ended: str | None = None
        """How it ended: a reason given, or the kind of bytes that were not understood."""
        self.why = ("", Closing.GONE)
        """What would be said when its connection is closed, and for which reason that is."""
        self._taken = {name: Refusal("name_taken", f"{name} is taken.", suggestion=f"{name}2") for name in taken}
        self.proofs: list[Credential] = []
        """How it proved who it is, each time it did."""
        self._accounts = accounts
        """Names, and the passwords of those who have them."""
        self._needs_account = needs_account
        """Whether guests may not come in."""
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
            elif isinstance(intent, Ask):
                # What follows from an answer comes before what was asked meanwhile.
                self._steps.appendleft(intent)
        self._go_on()
        return self

    def enter(self, room: str = LOBBY) -> "Talk":
        """Answer that the client is in a room, where nobody else is and nothing was said."""
        return self.answer(replace(LOBBY_AT_REST, room=room))

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
                self._introduce(intent)
            else:
                self._steps.append(intent)
                self._go_on()
        return self

    def _introduce(self, intent: Introduce) -> None:
        self.names.append(intent.name)
        if intent.proof is not None:
            self.proofs.append(intent.proof)
        refusal = self._why_not(intent)
        if refusal is not None:
            self.carry(self.conversation.not_introduced(refusal))
        elif intent.proof is None:
            self.carry(self.conversation.introduced(intent.name))
        else:
            self.carry(self.conversation.welcomed_back(LoggedIn(intent.name, (LOBBY_AT_REST,))))

    def _why_not(self, intent: Introduce) -> Refusal | None:
        match intent.proof:
            case LogIn(name, password):
                return None if self._accounts.get(name) == password else WRONG
            case _ if intent.name in self._accounts:
                return Refusal("name_reserved", f"{intent.name} is reserved.", suggestion=f"{intent.name}2")
            case None if self._needs_account:
                return NEEDS_ACCOUNT
            case _:
                return self._taken.get(intent.name)

    def _go_on(self) -> None:  # noqa: C901 - a table
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
                    self.ended, self.why = reason, (Closing.LEFT.sentence, Closing.LEFT)
                case GiveUp(error):
                    self.ended, self.why = type(error).__name__, (str(error), Closing.BAD_INPUT)
                case CloseNow(closing):
                    self.ended, self.why = closing.code, (closing.sentence, closing)
                case Become() | BeginScram() | Prove() | Introduce() | Resume():
                    pass
                case Refocus() | HearOwn() | SendNow() | Charge() | Wait():
                    pass

    def _come_back_to(self, resume: Callable[[], Iterable[Intent]]) -> None:
        """Carry out what a line means now, before what came after it."""
        later, self._steps = self._steps, deque()
        self.carry(resume())
        self._steps += later
