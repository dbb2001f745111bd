"""Introducing: what a server wants to know before it lets one in, or what one should know before one goes in."""

from typing import Final, assert_never

from msgspec.structs import replace

from hubbub.core.kinds import Refusal
from hubbub.phrasing import phrases
from hubbub.tui import states
from hubbub.tui.memory import Memory
from hubbub.tui.screens.asking import Answer, Ask, Field, Given
from hubbub.tui.station import Station

_LEAVE: Final = Answer("leave", "Not now")


def ask_about(station: Station) -> Ask | None:
    """Return what is to be asked, where a station has a question."""
    if not isinstance(station.state, states.Asking):
        return None
    question, name = station.state.question, station.name
    match question:
        case states.NewCertificate(fingerprint=fingerprint):
            text = (
                "No authority vouches for it, and it was not seen before. Whoever runs the server can say whether this"
                f" is it; its start prints the same line:\n\nSHA256:{fingerprint}"
            )
            return Ask(f"Is this {name}?", text, (_LEAVE, Answer("trust", "It is: trust it", is_usual=True)))
        case states.ChangedCertificate(fingerprint=fingerprint, before=before):
            text = (
                "It shows another certificate than before. That is so after it was set up anew; it is also so where"
                f" somebody listens in. Ask whoever runs it before you go on.\n\nNow: {fingerprint}\nBefore: {before}"
            )
            answers = (Answer("leave", "Stay away", is_usual=True), Answer("trust", "Trust the new one", is_grave=True))
            return Ask(f"This may not be {name}", text, answers)
        case states.WantsName(refusal=refusal):
            field = Field("name", "Name", refusal.suggestion or station.who.name)
            return _ask(name, refusal, (field,), Answer("enter", "Come in", is_usual=True))
        case states.WantsPassword(refusal=refusal):
            fields = (Field("name", "Name", station.who.name), Field("password", "Password", is_secret=True))
            new = Answer("register", "Open an account")
            return _ask(name, refusal, fields, new, Answer("enter", "Log in", is_usual=True))
        case states.WantsCode(refusal=refusal):
            field = Field("code", "Invitation code or link")
            return _ask(name, refusal, (field,), Answer("register", "Open it", is_usual=True))
        case _:
            assert_never(question)


def _ask(name: str, refusal: Refusal, fields: tuple[Field, ...], *answers: Answer) -> Ask:
    return Ask(name, phrases.refused(refusal), (_LEAVE, *answers), fields)


def take_answer(station: Station, given: Given, memory: Memory) -> bool:
    """Let a station go on with an answer; return False where it should not.

    Raises `Unremembered` where it goes on, but what was answered will be asked again in the next run.
    """
    if not isinstance(station.state, states.Asking) or given.answer == "leave":
        return False
    question = station.state.question
    match question:
        case states.NewCertificate() | states.ChangedCertificate():
            station.trust(question.fingerprint)
            memory.keep_certificate(str(station.endpoint), question.fingerprint)
        case states.WantsName():
            station.introduce(replace(station.who, name=given.values["name"].strip()))
        case states.WantsPassword():
            station.introduce(
                replace(
                    station.who,
                    name=given.values["name"].strip(),
                    password=given.values["password"],
                    token="",
                    is_new=given.answer == "register",
                )
            )
        case states.WantsCode():
            code = given.values["code"].strip().rstrip("/").rpartition("/")[2]
            station.introduce(replace(station.who, is_new=True, code=code))
        case _:
            assert_never(question)
    return True
