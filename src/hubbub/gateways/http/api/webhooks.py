"""The operations of webhooks: for those who own a room, as `/webhook` is in the chat."""

from http import HTTPStatus
from typing import Final

from hubbub.core.hook_answers import HookList, HookMade
from hubbub.core.hook_requests import ListHooks, MakeHook, RestartHook, RevokeHook
from hubbub.core.message_answers import Done
from hubbub.gateways.http.api.operation import Operation, asking, room_of
from hubbub.gateways.http.api.shapes import NewHook

WEBHOOKS: Final = (
    Operation(
        *("GET", "/rooms/{room}/webhooks", "list_webhooks", "Which webhooks has a channel that one owns?", HookList),
        asking(lambda call: ListHooks(room_of(call))),
    ),
    Operation(
        *("POST", "/rooms/{room}/webhooks", "make_webhook", "Let a program speak, or hear; shown this once.", HookMade),
        asking(
            lambda call: MakeHook(room_of(call), call.body.label, call.body.url, call.body.topics), HTTPStatus.CREATED
        ),
        body=NewHook,
        status=HTTPStatus.CREATED,
    ),
    Operation(
        *("DELETE", "/webhooks/{webhook}", "revoke_webhook", "Let a webhook be worth nothing any more.", Done),
        asking(lambda call: RevokeHook(call.path["webhook"])),
    ),
    Operation(
        *("POST", "/webhooks/{webhook}/restart", "restart_webhook", "Post again to one that was given up.", Done),
        asking(lambda call: RestartHook(call.path["webhook"])),
    ),
)
