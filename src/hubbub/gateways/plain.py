"""Plain clients: those that only have lines of text, and how far every feature comes for them all the same.

What the text and the frames protocols share: saying who one is, slash commands, the current room, and answers in
sentences. How a sentence becomes bytes is each protocol's own: its `Voice`.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, assert_never

from hubbub.core.account_answers import LoggedIn, LoggedOut
from hubbub.core.account_requests import LogIn, LogOut
from hubbub.core.answers import Answer
from hubbub.core.features.gathering import Gather
from hubbub.core.features.membership import Join, Leave
from hubbub.core.features.messages import Say, Tell
from hubbub.core.kinds import Refusal
from hubbub.core.message_answers import Done, Told
from hubbub.core.people_answers import Called
from hubbub.core.roles import RoomRole
from hubbub.core.room import LOBBY, Room, RoomKind
from hubbub.core.room_answers import Departed, Entered, Gathered
from hubbub.core.signals import (
    AnySignal,
    Appearing,
    Drafting,
    Gathering,
    Levelling,
    Marking,
    Reconfiguring,
    Removing,
    Retitling,
    Telling,
    Typing,
)
from hubbub.gateways.conversation import Ask, Depart, Intents, Later, Refocus, Reply, Wait
from hubbub.gateways.grouping import Grouping
from hubbub.gateways.listing import Listing, ListingAnswer
from hubbub.gateways.roaming import Roaming
from hubbub.gateways.voice import Voice
from hubbub.phrasing import attention_phrases, phrases
from hubbub.phrasing.answers import TellingAnswer, done, tell
from hubbub.service.audience import Dialect
from hubbub.service.requests import Request
from hubbub.wire.slash.meanings import (
    GatherAndSay,
    Help,
    Meaning,
    Misuse,
    OnMessage,
    Ping,
    Prompt,
    Quit,
    SearchOn,
    Unknown,
)
from hubbub.wire.slash.table import explain, parse_slash

NOTHING: Intents = ()

MOVING: Final = (Gather, Join, Leave, LogIn, LogOut)
"""What may change the current room: what is typed behind it is understood when it is answered."""

FIRST_STEPS: Final = "Type to talk; /help shows what else you can do."
"""What someone is told who comes for the first time."""


class PlainTalk:
    """What a plain client is about: its current room, and what its lines mean."""

    __slots__ = (
        "_grouping",
        "_has_heard_blank",
        "_is_waiting",
        "_listing",
        "_moving",
        "_preface",
        "_prompt",
        "_put_off",
        "_rooms",
        "_voice",
        "name",
    )

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._rooms = Roaming()
        self.name = ""
        """What the client is called; empty until it is in."""
        self._listing = Listing()
        self._grouping = Grouping()
        self._has_heard_blank = False
        self._is_waiting = False
        self._preface = ""
        self._prompt: Prompt | None = None
        """What was asked, and whose answer the next line is."""
        self._moving = 0
        """Answers awaited that may change the current room: what comes meanwhile cannot be understood yet."""
        self._put_off = 0
        """Lines that came meanwhile and are not understood yet; they may move it as well, before what comes later."""

    @property
    def room(self) -> str:
        """The room in which plain text is said; empty where there is none."""
        return self._rooms.current

    def dialect_in(self, room: Room) -> Dialect:
        """Return how the client hears this room at present."""
        elsewhere = room.kind is RoomKind.CHANNEL and room.name != self._rooms.current
        return self._voice.dialect(current=not elsewhere)

    def change_voice(self, voice: Voice) -> None:
        """Speak in another voice from now on."""
        self._voice = voice

    def introduced(self, name: str, preface: str = "") -> Intents:
        """Note what the client is called, and go to the lobby; the preface is told together with what it finds there.

        One write instead of two, for each of those who may come by the thousand.
        """
        self.name = name
        self._preface = preface
        return self._ask(Join(LOBBY))

    def before_name(self, meaning: Meaning, prompt: str) -> Intents:
        """Return what a command comes to before the client has a name: help or leave, else `prompt` once more."""
        if isinstance(meaning, Ping):
            # Programs send it; they are answered with nothing besides.
            return self.mean(meaning)
        if isinstance(meaning, Help | Quit | Unknown):
            return (*self.mean(meaning), *self.notice(prompt))
        return self.notice(prompt)

    def say(self, text: str) -> Intents:
        """Return the intents of a line of plain text."""
        if not self._rooms.current:
            return self.notice("You are in no room. Join one first: /join #lobby")
        if not text or text.isspace():
            if self._has_heard_blank:
                return NOTHING
            self._has_heard_blank = True
        return (Ask(Say(self._rooms.current, text)),)

    def begin_input(self) -> None:
        """Note that more came in. Of blank lines that come together one is asked, so that they cost their pace.

        All of them would cost too much: an S2 client whose input has ended sends thousands.
        """
        self._has_heard_blank = False

    def in_turn(self, hear: Callable[[str], Intents], line: str) -> Intents:
        """Return what `hear` makes of a line, or put it off until everything before it has its meaning."""
        if not self._moving and not self._put_off:
            return hear(line)
        self._put_off += 1
        return (Later(partial(self._resume, hear, line)),)

    def _resume(self, hear: Callable[[str], Intents], line: str) -> Intents:
        """Hear what was put off. A move that is awaited now comes after it: to put it off again would never end."""
        self._put_off -= 1
        return hear(line)

    def hear_line(self, line: str) -> Intents:
        """Return the intents of a line: an answer, a slash command, or plain text (`//text` says `/text`)."""
        if self._prompt is not None:
            return self._hear_secret(line)
        if not line.startswith(("/", " ")):
            return self.say(line)
        # A space before the slash must not make a private word public.
        command = line.lstrip()
        if command.startswith("//"):
            return self.say(command[1:])
        return (
            self._mean_typed(parse_slash(command, self._rooms.current)) if command.startswith("/") else self.say(line)
        )

    def _mean_typed(self, meaning: Meaning) -> Intents:
        if isinstance(meaning, Tell):
            self._grouping.note_typed(meaning)
        return self.mean(meaning)

    @property
    def awaits_secret(self) -> bool:
        """Whether the next line is the answer to a question that nobody else is to see."""
        return self._prompt is not None

    def _hear_secret(self, line: str) -> Intents:
        prompt, self._prompt = self._prompt, None
        if prompt is None or not line.strip():
            return self.notice("Nothing was changed.")
        return self.mean(prompt.then(line))

    def mean(self, meaning: Meaning) -> Intents:  # noqa: C901 - a table
        """Return the intents of what a command means."""
        match meaning:
            case Help():
                return self._notices(explain(meaning.topic))
            case Ping():
                return self.notice(f"pong {meaning.token}".rstrip())
            case Quit():
                return (Depart(meaning.reason),)
            case SearchOn():
                # What was asked before may still have to be answered.
                return (Later(lambda: self._ask_or_tell(self._listing.find_more())),)
            case Misuse():
                return self.notice(meaning.sentence)
            case Prompt():
                self._prompt = meaning
                return self.notice(meaning.question)
            case GatherAndSay():
                return self._ask(self._grouping.begin(meaning))
            case OnMessage():
                # A list that was asked for before is to be shown first: its numbers are meant.
                return (Later(lambda: self._ask_or_tell(self._listing.find(meaning))),)
            case Unknown():
                near = [f"Did you mean /{meaning.nearest}?"] if meaning.nearest else []
                return self._notices([f"Unknown command: /{meaning.word}. Type /help for available commands.", *near])
            case _:
                return self._ask(meaning)

    def answered(self, request: Request, answer: Answer) -> Intents:
        """Return what an answer comes to."""
        if type(request) is Say and type(answer) is Done and request.to is RoomRole.MEMBER:
            # Asked about first, because most of what is asked is said: whoever says it sees it himself.
            return NOTHING
        if isinstance(request, MOVING):
            self._moving -= 1
        if isinstance(request, Gather) and isinstance(answer, Refusal):
            self._grouping.take_opening()
        if isinstance(answer, Refusal) and answer.code == "try_again" and self._is_arriving(request):
            return self._knock_again(answer)
        return self._phrase(request, answer)

    def _is_arriving(self, request: Request) -> bool:
        return isinstance(request, Join) and request.room == LOBBY and not self._rooms

    def _knock_again(self, refusal: Refusal) -> Intents:
        """Try to come in until it can be kept: most of these clients have no word for joining."""
        again = Wait(refusal.retry_seconds, lambda: self._ask(Join(LOBBY)))
        if self._is_waiting:
            return (again,)
        self._is_waiting = True
        return (*self.notice(f"{self._preface} The server cannot let you in just yet; please wait.".lstrip()), again)

    def _phrase(self, request: Request, answer: Answer) -> Intents:  # noqa: C901 - a table
        match answer:
            case Done():
                return self._done(request)
            case Refusal(code="empty") if isinstance(request, Say):
                # What the Enter key says by itself wants no answer.
                return NOTHING
            case Refusal():
                return self._refused(answer)
            case Entered():
                return self._entered(answer)
            case Departed():
                return self._departed(answer)
            case Told():
                return self._told(answer)
            case Gathered():
                return self._gathered(answer)
            case Called():
                is_new, self.name = answer.name != self.name, answer.name
                sentence = "Your username has been changed to" if is_new else "You are already called"
                return self.notice(f"{sentence} '{answer.name}'.")
            case LoggedIn():
                return self._logged_in(answer)
            case LoggedOut():
                return self._logged_out(answer)
            case _ if isinstance(answer, ListingAnswer):
                return (Reply(self._listing.show(request, answer, self._voice)),)
            case _ if isinstance(answer, TellingAnswer):
                return self._notices(tell(request, answer))
            case _:
                assert_never(answer)

    def noticed(self, signal: AnySignal) -> Intents:
        """Return what a signal comes to."""
        match signal:
            case Telling():
                return (Reply(self._voice.confirm(signal.names, signal.text)),)
            case Appearing() if not self._voice.announces:
                return NOTHING
            case Removing():
                return self._removed(signal)
            case Retitling():
                return self._retitled(signal)
            case Gathering():
                self._rooms.add(signal.room)
                return self.notice(phrases.signal(signal))
            case Marking() | Drafting() | Levelling() | Typing() | Reconfiguring():
                # These clients show neither what is unread nor what is being written, and nothing is offered to them.
                return NOTHING
            case _:
                sentence = phrases.signal(signal)
                return self.notice(sentence) if sentence else NOTHING

    def throttled(self) -> Intents:
        """Return what a client that asks too fast is told."""
        return self.notice("You are writing very fast. Nothing is lost, but it will be passed on more slowly.")

    def _ask(self, request: Request) -> Intents:
        if isinstance(request, MOVING):
            self._moving += 1
        return (Ask(request),)

    def _ask_or_tell(self, asked: Request | str) -> Intents:
        return self.notice(asked) if isinstance(asked, str) else self._ask(asked)

    def _done(self, request: Request) -> Intents:
        sentence = done(request)
        return self.notice(sentence) if sentence else NOTHING

    def welcomed_back(self, answer: LoggedIn, preface: str) -> Intents:
        """Note who the client is, and tell what he finds."""
        self._preface = preface
        return self._logged_in(answer)

    def _logged_in(self, answer: LoggedIn) -> Intents:
        preface, self._preface = self._preface or f"You are logged in as '{answer.name}'.", ""
        self.name = answer.name
        heard = set(self._rooms)
        self._rooms.begin(entered.room for entered in answer.rooms)
        told = self._voice.notice(preface)
        for entered in answer.rooms:
            told += b"".join(map(self._voice.notice, phrases.entered(entered)))
            if entered.room == self._rooms.current and entered.recent and entered.room not in heard:
                told += self._voice.notice(f"Earlier in {entered.room}:") + self._voice.recall(entered.recent)
        if len(self._rooms) > 1:
            told += self._voice.notice(f"Your current room is {self._rooms.current}.")
        if answer.waiting:
            told += self._voice.notice("While you were away:") + self._voice.recall(answer.waiting, private=True)
        if rooms := attention_phrases.news(answer):
            told += self._voice.notice(attention_phrases.unread(rooms))
        if not self._rooms.current:
            return (Reply(told), Refocus(), *self._ask(Join(LOBBY)))
        return (Reply(told), Refocus())

    def _logged_out(self, answer: LoggedOut) -> Intents:
        self.name = answer.name
        self._rooms.begin(())
        self._preface = f"You are logged out, and a guest called '{answer.name}'."
        return (Refocus(), *self._ask(Join(LOBBY)))

    def _refused(self, answer: Refusal) -> Intents:
        """Tell why not; whoever may not even come in is told first that he is known, and is in no room."""
        preface, self._preface = self._preface, ""
        return self.notice(f"{preface} {phrases.refused(answer)}".lstrip())

    def _entered(self, answer: Entered) -> Intents:
        self._rooms.turn_to(answer.room)
        sentences = phrases.entered(answer)
        if self._preface:
            sentences = [self._preface, *sentences, FIRST_STEPS]
            self._preface = ""
        if answer.recent:
            sentences.append(f"Earlier in {answer.room}:")
        told = b"".join(map(self._voice.notice, sentences))
        return (Reply(told + self._voice.recall(answer.recent)), Refocus())

    def _gathered(self, answer: Gathered) -> Intents:
        outcomes = self._notices(list(filter(None, map(phrases.gathering_outcome, answer.outcomes))))
        opening = self._grouping.take_opening()
        if answer.entered is None:
            return outcomes
        said = (Ask(Say(answer.room, opening)),) if opening else ()
        return (*outcomes, *self._entered(answer.entered), *said)

    def _departed(self, answer: Departed) -> Intents:
        return (*self.notice(f"You have left {answer.room}. {self._rooms.turn_from(answer.room)}"), Refocus())

    def _removed(self, signal: Removing) -> Intents:
        return (*self.notice(f"{phrases.signal(signal)} {self._rooms.turn_from(signal.room)}"), Refocus())

    def _retitled(self, signal: Retitling) -> Intents:
        self._rooms.rename(signal.old_name, signal.new_name)
        return (Refocus(),)

    def _told(self, answer: Told) -> Intents:
        reached = [outcome.name for outcome in answer.outcomes if outcome.status in {"delivered", "waiting"}]
        told = self._voice.confirm(reached, answer.text) if reached else b""
        sentences = list(filter(None, map(phrases.outcome, answer.outcomes)))
        sentences += self._grouping.offer(reached)
        return (Reply(told + b"".join(map(self._voice.notice, sentences))),)

    def notice(self, sentence: str) -> Intents:
        """Return what tells the client one sentence."""
        return (Reply(self._voice.notice(sentence)),)

    def _notices(self, sentences: Sequence[str]) -> Intents:
        return (Reply(b"".join(map(self._voice.notice, sentences))),)
