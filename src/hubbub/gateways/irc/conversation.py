"""The IRC conversation: one client's talk, a command a line.

https://modern.ircdocs.horse/
"""

from collections import deque
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import Final

from hubbub.core.account_answers import LoggedIn
from hubbub.core.answers import Answer
from hubbub.core.catalog import Record
from hubbub.core.features.membership import Join
from hubbub.core.features.messages import Said
from hubbub.core.house import Person
from hubbub.core.kinds import Refusal
from hubbub.core.room import Room, RoomKind
from hubbub.core.signals import AnySignal, Reconfiguring
from hubbub.gateways.closing import Closing
from hubbub.gateways.conversation import Ask, Charge, HearOwn, Intent, Intents, Later, Reply, SendNow, Wait
from hubbub.gateways.irc import (
    coming_in,
    describing,
    joining,
    missed,
    multiline,
    pre_away,
    pre_metadata,
    refusals,
    signalling,
    welcoming,
)
from hubbub.gateways.irc.commands.batching import collect
from hubbub.gateways.irc.commands.capabilities import tell_changes
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.labels import Context
from hubbub.gateways.irc.misheard import answer_misheard
from hubbub.gateways.irc.settings import IrcSettings
from hubbub.gateways.irc.table import COMMANDS
from hubbub.gateways.irc.talk import NOTHING as NO_STEPS
from hubbub.gateways.irc.talk import Awaiting, Question, Steps, Talk, room_key
from hubbub.gateways.vigil import Vigil
from hubbub.service.audience import Dialect
from hubbub.service.packets import Fragility
from hubbub.service.peers import Peer
from hubbub.service.requests import Request
from hubbub.service.resuming import Piece
from hubbub.wire.irc.lines import IrcLineReader, SpoiltLine
from hubbub.wire.irc.message import IrcMessage, NoCommand, encode_line, parse_message
from hubbub.wire.irc.numerics import Numeric

NOTHING: Final[Intents] = ()


class IrcConversation:
    """Hears commands, and answers each in the order in which they came."""

    __slots__ = ("_asked", "_is_watched", "_lines", "_put_off", "_talk", "_vigil", "naming_seconds", "was_typed")

    protocol = "irc"
    early_tries = 100
    """A client may ask for each of some forty capabilities by itself, and then prove who it is."""
    quiet_seconds = 0.0
    fragility: Fragility | None = None

    def __init__(self, settings: IrcSettings, peer: Peer, *, is_watched: bool = False) -> None:
        """Where it `is_watched`, a layer below asks the silent whether they are there."""
        self._talk = Talk(settings, peer)
        self._is_watched = is_watched
        self._lines = IrcLineReader()
        self._asked: deque[tuple[Question, Context]] = deque()
        """What was asked and is not answered yet, in order."""
        self._put_off = 0
        """Commands that were heard and wait until those before them are answered."""
        self._vigil = Vigil(settings.clock, encode_line("PING", settings.names.server))
        # As long as a person at a keyboard has: ZNC asks for one capability a line, and waits a second or two before
        # each after the first few. Other servers give half a minute (Solanum, UnrealIRCd) or a whole one (Ergo).
        self.naming_seconds = settings.limits.text_naming_seconds
        self.was_typed = False

    # What comes in

    def begin(self) -> Intents:
        """Let the client speak first."""
        return NOTHING

    def receive_data(self, data: bytes) -> Iterator[Intent]:
        """Take bytes: whole lines are heard at once."""
        self._vigil.hear()
        self.was_typed = False
        yield from self._say_offer()
        for line in self._lines.receive_data(data):
            if isinstance(line, SpoiltLine):
                yield from self._perform(answer_misheard(self._talk, line), Context(line.label))
            else:
                yield from self._hear(line)

    def _say_offer(self) -> Intents:
        """Say what is offered now, where it is something else than the client was told."""
        if self._talk.offer_version == self._talk.settings.offering.version:
            return NOTHING
        return self._say(tell_changes(self._talk))

    def receive_quiet(self) -> Intents:
        """Nothing follows from silence."""
        return NOTHING

    def receive_eof(self) -> Intents:
        """Half a line is nothing."""
        return NOTHING

    def _hear(self, line: str) -> Iterator[Intent]:
        try:
            message = parse_message(line)
        except NoCommand:
            yield Charge()
            return
        entry = COMMANDS.get(message.command)
        self.was_typed |= entry is None or not entry.is_automatic
        # What comes behind a command that waits would otherwise be carried out before it.
        is_dear = self._talk.is_welcome and entry is not None and entry.is_dear_with(message.params)
        if is_dear:
            yield Charge()
        if is_dear or self._put_off or (self._asked and entry is not None and entry.in_turn):
            self._put_off += 1
            yield Later(partial(self._resume, entry, message, is_paid=is_dear))
        else:
            yield from self._carry_out(entry, message)

    def _resume(self, entry: Entry | None, message: IrcMessage, *, is_paid: bool) -> Iterator[Intent]:
        self._put_off -= 1
        return self._carry_out(entry, message, is_paid=is_paid)

    def _carry_out(self, entry: Entry | None, message: IrcMessage, *, is_paid: bool = False) -> Iterator[Intent]:
        talk = self._talk
        if talk.incoming is None and message.command != "BATCH":
            context = Context(message.tags.get("label", "") if message.tags else "")
        else:
            context = multiline.context_of(talk, message)
        context.is_paid = is_paid
        if not talk.is_welcome and (entry is None or not entry.is_early):
            steps: Steps = (refusals.not_registered(talk),)
        elif message.tags and multiline.is_batched(talk, message):
            # Whatever the line is: "batches MUST only contain one or more PRIVMSG lines". IRCv3 multiline.
            steps = collect(talk, message)
        elif entry is None:
            steps = refusals.unknown_command(talk, message)
        elif len(message.params) < entry.least:
            steps = (talk.numeric(Numeric.ERR_NEEDMOREPARAMS, message.command, text="That needs more parameters"),)
        else:
            steps = entry.handle(talk, message)
        return self._perform(steps, context)

    def _perform(self, steps: Steps, context: Context, *, follows: bool = False) -> Iterator[Intent]:
        """Do what a handler wants; lines that come together are sent together.

        What `follows` from an answer is asked before all that was asked meanwhile.
        """
        context.is_open = True
        lines: list[bytes] = []
        is_idle = True
        following = 0
        for step in steps:
            if isinstance(step, bytes):
                lines.append(step)
                continue
            is_idle = False
            if lines:
                yield from self._tell(context, lines)
                lines = []
            if isinstance(step, Question):
                context.asked += 1
                self._asked.insert(following if follows else len(self._asked), (step, context))
                following += 1
                yield Ask(step.request)
            elif isinstance(step, Awaiting):
                context.asked += 1
                yield step.want(partial(self._go_on, step, context))
            else:
                yield step
        context.is_open = False
        if lines or context.is_labelled:
            yield from self._tell(context, lines)
        elif is_idle and not (context.has_begun or context.is_paid):
            # What comes to nothing takes its time all the same.
            yield Charge()
        context.has_begun = True

    def _go_on(self, step: Awaiting, context: Context, outcome: object) -> Iterator[Intent]:
        context.asked -= 1
        context.has_begun = True
        return self._perform(step.then(outcome), context)

    def _tell(self, context: Context, lines: list[bytes]) -> Iterator[Intent]:
        if data := context.add(self._talk, lines):
            yield SendNow(data) if context.is_paid else Reply(data)
            context.is_paid = False

    # Coming in

    def seated(self, person: Person) -> None:
        """Take note of who the client is."""
        talk = self._talk
        if talk.person is not None:
            talk.former_host = talk.settings.names.host(talk.person.id)
        talk.person = person

    def not_introduced(self, refusal: Refusal) -> Intents:
        """Say why not; the client may choose another nick."""
        return self._say(coming_in.turned_away(self._talk, refusal))

    def introduced(self, name: str) -> Iterator[Intent]:  # noqa: ARG002 - the person says it
        """Welcome a guest."""
        return self._come_in(None)

    def welcomed_back(self, answer: LoggedIn) -> Iterator[Intent]:
        """Welcome somebody who has an account."""
        return self._come_in(answer)

    def _come_in(self, answer: LoggedIn | None) -> Iterator[Intent]:
        yield HearOwn(self._hear_own)
        # At once: other connections of the same person may have used up its pace.
        yield SendNow(b"".join(welcoming.welcome(self._talk)))
        yield from self._say(pre_metadata.take_up(self._talk))
        yield from self._say(describing.introduce(self._talk))
        yield from self._say(pre_away.take_up(self._talk))
        yield from self._say(welcoming.remind(self._talk, answer))
        if not self._is_watched:
            yield self._vigil.begin()

    def brought(self, piece: Piece) -> bytes:  # noqa: ARG002 - nobody asked for it: CHATHISTORY is a query
        """Say nothing."""
        return b""

    # Being in

    def attached(self, room: Room) -> Iterator[Intent]:
        """Tell that the client is in a room from now on; of those before its welcome, that tells."""
        talk = self._talk
        talk.rooms[room.id] = room
        if talk.departing.pop(room.name, None) is not None:
            # It is somebody else now, who is here too: it never went out.
            yield from self._say(joining.renamed(talk))
        elif talk.is_welcome and room.kind is RoomKind.CHANNEL:
            context = self._context_of(room)
            yield from self._tell(context, [*joining.renamed(talk), *joining.joined(talk, room)])
            context.has_begun = True
            yield from self._perform(joining.marked(talk, room), context)

    def _context_of(self, room: Room) -> Context:
        """Return the command that has brought the client into a room, if it is one: its answer is what is told then."""
        if self._asked:
            question, context = self._asked[0]
            if isinstance(question.request, Join) and room_key(question.request.room) == room.key:
                return context
        return Context()

    def detached(self, room: Room) -> Iterator[Intent]:
        """Tell that it is not any more, unless what comes next says more than that: a kick, or an answer."""
        talk = self._talk
        talk.rooms.pop(room.id, None)
        talk.keys.pop(room.id, None)
        if room.key in talk.parted:
            talk.parted.discard(room.key)
        elif talk.is_welcome and room.kind is RoomKind.CHANNEL:
            talk.departing[room.name] = room
            yield Wait(0, partial(self._tell_departure, room.name))

    def _tell_departure(self, room: str) -> Intents:
        return self._say(joining.departed(self._talk, room))

    def answered(self, request: Request, answer: Answer) -> Iterator[Intent]:
        """Do what was to be done with the answer; who is answered late is heard late, and was not silent."""
        self._vigil.hear()
        question, context = self._pop_question(request)
        context.asked -= 1
        if self._talk.is_renamed:
            yield Reply(b"".join(joining.renamed(self._talk)))
        context.has_begun = True
        steps = question.then(answer)
        # Most answers are those to words in a channel, of which nobody needs to be told anything.
        if steps is not NO_STEPS or context.is_labelled or not self._talk.echoes.are_told:
            yield from self._perform(chain(self._own_deeds(), steps), context, follows=True)

    def _pop_question(self, request: Request) -> tuple[Question, Context]:
        """Return what was asked so: the first thing, unless something else made us ask meanwhile."""
        if self._asked[0][0].request is request:
            return self._asked.popleft()
        place = next(place for place, (question, _) in enumerate(self._asked) if question.request is request)
        asked = self._asked[place]
        del self._asked[place]
        return asked

    def _hear_own(self, room: Room, record: Record) -> None:
        """Take note of what has come from the client, unless it is words to others, and it wants to hear no echo."""
        if type(record.event) is not Said or room.kind is not RoomKind.CHANNEL or self._talk.wants_echo:
            self._talk.echoes.note(room, record)

    def _own_deeds(self) -> Iterator[bytes]:
        """Tell the client what it has done itself where it is, if that is part of the answer."""
        talk = self._talk
        for room, record in talk.echoes.take_done():
            if room.id in talk.rooms:
                yield from talk.settings.dialects.variant(talk.capabilities).lines(room, record)

    def noticed(self, signal: AnySignal) -> Intents:
        """Say what is true for a moment."""
        talk = self._talk
        if isinstance(signal, Reconfiguring):
            return self._say_offer()
        return self._say(chain(joining.renamed_elsewhere(talk, signal), signalling.tell(talk, signal)))

    def throttled(self) -> Intents:
        """Tell that the client is answered with a delay."""
        return self._say((self._talk.notice("You send faster than you may, and are answered with a delay now."),))

    def _say(self, steps: Steps) -> Iterator[Intent]:
        """Send lines that answer no command, and cost nothing."""
        context = Context()
        context.has_begun = True
        return self._perform(steps, context)

    @property
    def shows_typing(self) -> bool:
        """Whether the client shows who is writing."""
        return signalling.shows_typing(self._talk)

    @property
    def keeps_marks(self) -> bool:
        """Whether the client tells how far its user has read."""
        return signalling.keeps_marks(self._talk)

    @property
    def tells_waiting(self) -> bool:
        """Whether the client is told, unasked, what its user has missed."""
        return not missed.asks_itself(self._talk)

    def dialect_in(self, room: Room) -> Dialect:  # noqa: ARG002 - all rooms alike
        """Return how the client hears this room."""
        return self._talk.settings.dialects.variant(self._talk.capabilities)

    def farewell(self, sentence: str, closing: Closing = Closing.GONE) -> bytes:  # noqa: ARG002 - the sentence says it
        """Return the last line. RFC 2812 section 3.7.4."""
        return encode_line("ERROR", text=f"Closing link: {sentence}") if sentence else b""

    def receive_goodbye(self, data: bytes) -> bool:  # noqa: ARG002 - there is no such message
        """Await no answer."""
        return True
