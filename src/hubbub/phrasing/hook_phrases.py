"""What is said about webhooks, in plain sentences."""

from typing import Final, assert_never

from hubbub.core.hook_answers import HookList, HookMade, HookView
from hubbub.core.hook_requests import AnyHookRequest, RestartHook, RevokeHook
from hubbub.phrasing.stamps import day_and_minute
from hubbub.wire.links import ANYWHERE, UNKNOWN

HookAnswer = HookMade | HookList
"""Answers that are told in sentences and change nothing else."""

_STATES: Final = {
    "working": "",
    "failing": ", does not take it at the moment",
    "given_up": ", given up: /webhook restart {id}",
}


def answered(answer: HookAnswer) -> list[str]:
    """Return what an answer comes to."""
    match answer:
        case HookMade() if answer.link:
            is_known = answer.link.startswith("http")
            where = "there" if is_known else f"there, with this server's address for {ANYWHERE},"
            link = answer.link if is_known else f"{UNKNOWN}{answer.link}"
            return [
                f"Webhook {answer.id}, shown this once. What is posted {where} is said in {answer.room}:",
                link,
                f"Try it: curl -d 'hello' {link}",
            ]
        case HookMade():
            return [
                f"Webhook {answer.id} posts from {answer.room} now, signed with this secret, shown this once:",
                answer.signing_secret,
            ]
        case HookList():
            if not answer.hooks:
                return [f"{answer.room} has no webhooks. /webhook new LABEL makes one."]
            return [f"Webhooks of {answer.room}:", *map(_hook, answer.hooks)]
        case _:
            assert_never(answer)


def done(request: AnyHookRequest) -> str:
    """Return the confirmation of what was asked; empty where something else says it."""
    match request:
        case RevokeHook():
            return "That webhook is worth nothing any more."
        case RestartHook():
            return "That webhook begins again where it stopped."
        case _:
            return ""


def _hook(view: HookView) -> str:
    made = f"made {_day(view.created_ms)} by {view.maker or 'somebody who is gone'}"
    head = f"{view.id}  {view.label or '(no label)'}"
    if view.kind == "incoming":
        used = "never used" if view.used_ms is None else f"used {_day(view.used_ms)}"
        return f"{head}  for programs to speak, {made}, {used}"
    state = _STATES[view.state].format(id=view.id)
    return f"{head}  posts {', '.join(view.topics)} to {view.host}, {made}{state}"


def _day(time_ms: int) -> str:
    return day_and_minute(time_ms)
