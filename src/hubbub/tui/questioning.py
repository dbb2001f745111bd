"""Questioning: what a server, or its certificate, asks before one is in, in lines."""

from collections.abc import Callable
from typing import Final, Protocol, assert_never

from hubbub.core.kinds import Refusal
from hubbub.phrasing import phrases
from hubbub.tui import states
from hubbub.tui.choices import Who
from hubbub.tui.lines import Lines
from hubbub.tui.memory import Memory, Unremembered
from hubbub.tui.station import Station

NAME_TRIES: Final = 5
"""How many names are tried of those that the server suggests, where nobody can be asked and none was chosen."""

EXIT_REFUSED: Final = 1
"""Exit code where something was refused. As of all commands: `hubbub.cli.reaching`."""

EXIT_NO_CONNECTION: Final = 3
"""Exit code where there is no connection."""


class Seat(Protocol):
    """Who has the lines."""

    def remark(self, sentence: str) -> None:
        """Say something that the client has to say itself."""

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so, or all is over."""

    async def leave(self, station: Station) -> None:
        """Leave a server."""

    def end(self, code: int) -> None:
        """End with an exit code."""


class Questioning:
    """Asks whoever types; where a program writes, it gives the answers that are safe."""

    def __init__(self, memory: Memory, lines: Lines, seat: Seat, *, is_name_chosen: bool) -> None:
        self._memory = memory
        self._lines = lines
        self._seat = seat
        self._is_name_chosen = is_name_chosen
        self._tries = 0

    async def answer(self, station: Station, question: states.Question) -> None:
        """Answer with what is typed next; where nobody can be asked, as far as that is safe."""
        match question:
            case states.NewCertificate():
                await self._answer_new(station, question)
            case states.ChangedCertificate():
                await self._answer_changed(station, question)
            case states.WantsName(refusal=refusal):
                await self._answer_name(station, refusal)
            case states.WantsPassword(refusal=refusal) | states.WantsCode(refusal=refusal):
                if not self._lines.is_typed:
                    self._give_up(phrases.refused(refusal))
                    return
                self._seat.remark(phrases.refused(refusal))
                who = station.who
                if isinstance(question, states.WantsPassword):
                    password = await self._lines.read_secret(f"Password of {who.name}:") or ""
                    station.introduce(Who(who.name, password, is_new=who.is_new, code=who.code))
                else:
                    self._seat.remark("Your invitation:")
                    code = await self._lines.read() or ""
                    station.introduce(Who(who.name, who.password, is_new=True, code=code))
                await self._until_taken(station)
            case _:
                assert_never(question)

    async def _answer_new(self, station: Station, question: states.NewCertificate) -> None:
        self._seat.remark(
            f"{station.name} is new here, and no authority vouches for its certificate. Its SHA-256 fingerprint is "
            f"{question.fingerprint}; compare it with what the server printed at its start."
        )
        if self._lines.is_typed:
            self._seat.remark("Is it the right one? yes or no:")
            if not _is_yes(await self._lines.read()):
                await self._seat.leave(station)
                return
        if self._remember(station, question.fingerprint):
            self._seat.remark("It is remembered, and you are warned if it changes.")
        station.trust(question.fingerprint)
        await self._until_taken(station)

    async def _answer_changed(self, station: Station, question: states.ChangedCertificate) -> None:
        self._seat.remark("WARNING: THE CERTIFICATE OF THIS SERVER HAS CHANGED. SOMEBODY MAY BE LISTENING IN.")
        self._seat.remark(f"It was {question.before}, and is {question.fingerprint}. Nothing was sent.")
        if not self._lines.is_typed:
            forget = f"If its operator has renewed it, run: hubbub servers --forget {station.endpoint}"
            self._give_up(forget, EXIT_NO_CONNECTION)
            return
        self._seat.remark("If its operator has renewed it, and you know that from himself, write: trust it")
        if (await self._lines.read() or "").strip().lower() != "trust it":
            await self._seat.leave(station)
            return
        self._remember(station, question.fingerprint)
        station.trust(question.fingerprint)
        await self._until_taken(station)

    def _remember(self, station: Station, fingerprint: str) -> bool:
        """Know a server by its certificate in later runs; say so where that cannot be."""
        try:
            self._memory.keep_certificate(str(station.endpoint), fingerprint)
        except Unremembered as error:
            self._seat.remark(str(error))
            return False
        return True

    async def _answer_name(self, station: Station, refusal: Refusal) -> None:
        self._tries += 1
        if not self._lines.is_typed:
            if self._is_name_chosen or not refusal.suggestion or self._tries > NAME_TRIES:
                self._give_up(phrases.refused(refusal))
                return
            station.introduce(Who(refusal.suggestion))
        else:
            self._seat.remark(f"{phrases.refused(refusal)} Another name:")
            name = (await self._lines.read() or "").strip() or refusal.suggestion
            who = station.who
            station.introduce(Who(name, who.password, is_new=who.is_new, code=who.code))
        await self._until_taken(station)

    async def _until_taken(self, station: Station) -> None:
        """Wait until the answer was taken, and something comes of it."""
        await self._seat.until(lambda: not isinstance(station.state, states.Asking))

    def _give_up(self, sentence: str, code: int = EXIT_REFUSED) -> None:
        self._seat.remark(sentence)
        self._seat.end(code)


def _is_yes(line: str | None) -> bool:
    return (line or "").strip().lower() in {"y", "yes"}
