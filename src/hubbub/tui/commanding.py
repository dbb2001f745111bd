"""Commanding: a line that somebody wrote, and what is done: said, asked of the server, or obeyed here."""

from msgspec.structs import replace

from hubbub.client.endpoints import BadEndpoint
from hubbub.client.errors import ClientError
from hubbub.core.account_answers import LoggedIn, LoggedOut, Registered
from hubbub.core.account_requests import DeleteAccount, LogIn, LogOut, RevokeToken
from hubbub.core.answers import Answer
from hubbub.core.attention_answers import DraftFound
from hubbub.core.attention_requests import SaveDraft
from hubbub.core.features.annotating import Reply
from hubbub.core.features.gathering import Gather
from hubbub.core.features.membership import Join
from hubbub.core.features.messages import Broadcast, Say, Tell
from hubbub.core.features.presence import ComeBack, GoAway
from hubbub.core.kinds import Refused
from hubbub.core.message_answers import Done
from hubbub.core.notes import LastMessage, MessageRef
from hubbub.core.room_answers import Entered, Gathered
from hubbub.phrasing import phrases
from hubbub.tui.acting import Offline
from hubbub.tui.buffers import Buffer
from hubbub.tui.choices import Who
from hubbub.tui.client_commands import explain_all, suggest
from hubbub.tui.memory import Unremembered
from hubbub.tui.obeying import Obeying
from hubbub.tui.outside import Unmeant
from hubbub.tui.station import Station
from hubbub.tui.staying import STAYING
from hubbub.wire.native import Request
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
from hubbub.wire.slash.table import parse_slash


class Commander(Obeying):
    """Obeys lines, one after the other."""

    async def hear(self, line: str) -> bool:
        """Say or obey a line; `//text` says `/text`. Return whether it could be; why not was told."""
        try:
            await self._hear(line)
        except (Unmeant, Offline, Unremembered, ClientError, BadEndpoint) as error:
            self._outside.tell([str(error)], is_error=True)
        except Refused as refused:
            self._outside.tell([phrases.refused(refused.refusal)], is_error=True)
        except OSError as error:
            self._outside.tell([_say_error(error)], is_error=True)
        else:
            return True
        return False

    async def _hear(self, line: str) -> None:
        # A space before the slash must not make a private word public.
        command = line.lstrip()
        if not command.startswith("/") or command.startswith("//"):
            text = command[1:] if command.startswith("//") else line
            if text.strip():
                station, buffer = self._here()
                station.say(buffer, text)
                await _keep(station)
            return
        word, _, rest = command[1:].partition(" ")
        obey = self._obeys.get(word.lower())
        if obey is not None:
            await obey(rest.strip())
            return
        room = self._outside.current.name if self._outside.current is not None else ""
        await self._mean(parse_slash(command, room))

    async def _mean(self, meaning: Meaning) -> None:  # noqa: C901 - a table
        match meaning:
            case Help(topic=topic):
                self._outside.tell(explain_all(topic))
            case Quit(reason=reason):
                self._outside.quit(reason)
            case Misuse(sentence=sentence):
                raise Unmeant(sentence)
            case Unknown(word=word):
                near = suggest(word)
                hint = f"Did you mean /{near}?" if near else "/help shows them."
                raise Unmeant(f"There is no command /{word}. {hint}")
            case Prompt(question=question, then=then):
                answer = await self._outside.ask_secret(question)
                if answer:
                    await self._mean(then(answer))
                else:
                    self._outside.tell(["Nothing was changed."])
            case Ping(token=token):
                station, _ = self._here()
                await station.wait_until_said()
                self._outside.tell([f"pong {token}".rstrip()])
            case SearchOn():
                await self._ask_or_tell(self._answers().find_more())
            case OnMessage():
                await self._ask_or_tell(self._answers().find(meaning))
            case GatherAndSay():
                await self._gather_and_say(meaning)
            case _:
                await self._ask(meaning)

    async def _ask_or_tell(self, asked: Request | str) -> None:
        if isinstance(asked, str):
            raise Unmeant(asked)
        await self._ask(asked)

    async def _ask(self, request: Request) -> None:
        """Ask something, or have it said if that may wait."""
        station, buffer = self._here()
        request = _locate(request, buffer)
        if isinstance(request, Say | Tell | Reply | Broadcast):
            self._send(station, buffer, request)
            await _keep(station)
            return
        if isinstance(request, Join) and (known := station.find(request.room)) is not None and known.is_joined:
            self._outside.turn_to(known)
            return
        token_id = self._memory.drop_account(str(station.endpoint)) if isinstance(request, LogOut) else ""
        if token_id:
            await station.ask(RevokeToken(token_id))
        answer = await station.ask(request)
        self._outside.tell(self._answers().phrase(request, answer))
        await self._follow(station, request, answer)

    def _send(self, station: Station, buffer: Buffer, request: Say | Tell | Reply | Broadcast) -> None:
        if isinstance(request, Say) and request.room.startswith("@"):
            request = Tell((request.room[1:],), request.text, request.manner)
        if isinstance(request, Tell) and len(request.recipients) == 1:
            buffer = station.converse(request.recipients[0])
        elif isinstance(request, Say):
            buffer = station.find(request.room) or buffer
        station.send(request, buffer)

    async def _follow(self, station: Station, request: Request, answer: Answer) -> None:
        """Do what follows from an answer: turn to a room, be somebody else from now on."""
        match answer:
            case Entered() | Gathered(entered=Entered()):
                entered = answer if isinstance(answer, Entered) else answer.entered
                if entered is not None:
                    self._outside.turn_to(station.buffers.ensure(entered.room, "channel", entered.id))
            case LoggedIn() | Registered():
                await self._stay_logged_in(station, answer.name, request.password if isinstance(request, LogIn) else "")
            case LoggedOut():
                station.forget()
                await station.become(Who(answer.name))
            case Done() if isinstance(request, GoAway | ComeBack):
                station.be_away(is_away=isinstance(request, GoAway))
            case DraftFound() if isinstance(request, SaveDraft):
                station.take_draft(answer.room, answer.text)
            case Done() if isinstance(request, DeleteAccount):
                self._memory.drop_account(str(station.endpoint))
                station.forget()
            case _:
                pass

    async def _stay_logged_in(self, station: Station, name: str, password: str) -> None:
        """Have a token instead of the password from now on, in later runs too."""
        made = await self.staying.make_token(station)
        if made is None:
            await station.become(Who(name, password))
            return
        self._memory.keep_account(str(station.endpoint), name, made.id, made.secret)
        await station.become(Who(name, token=made.secret))
        self._outside.tell([STAYING])

    async def _gather_and_say(self, meaning: GatherAndSay) -> None:
        station, _ = self._here()
        answer = await station.ask(Gather(meaning.names))
        if isinstance(answer, Gathered):
            self._outside.tell(self._answers().phrase(Gather(meaning.names), answer))
            await self._follow(station, Gather(meaning.names), answer)
            if answer.entered is not None:
                station.send(Say(answer.room, meaning.text), station.buffers.ensure(answer.room, "channel"))


def _locate(request: Request, buffer: Buffer) -> Request:
    """Return what is asked, about the message that one has before one where the last one is meant."""
    message = getattr(request, "message", None)
    if isinstance(message, MessageRef):
        # On the wire, and on disk, an id is a mere text.
        return replace(request, message=str(message))
    if not isinstance(message, LastMessage) or message.room != buffer.name:
        return request
    for entry in reversed(buffer.spoken(len(buffer.entries))):
        is_meant = message.whose == "anyone" or entry.is_mine == (message.whose == "mine")
        if is_meant and entry.kind != "removed":
            return replace(request, message=entry.id)
    return request


async def _keep(station: Station) -> None:
    """See to it that what waits to be said outlives this process, before anything else is heard."""
    if not station.is_online:
        await station.wait_until_kept()


def _say_error(error: OSError) -> str:
    what = error.strerror or type(error).__name__
    return f"{error.filename}: {what}." if error.filename else f"{what}."
