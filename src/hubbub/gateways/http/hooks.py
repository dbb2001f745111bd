"""Webhooks over HTTP: programs post what is to be said in a room. The path is a secret, and never logged."""

from http import HTTPStatus

import msgspec
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from hubbub.core.message_answers import Done
from hubbub.gateways.http.bodies import read_body
from hubbub.gateways.http.parts import Parts
from hubbub.gateways.http.problems import Problem
from hubbub.service.incoming_hooks import IncomingHooks
from hubbub.wire.hooks import BODY_BYTES, JSON_TYPE, SlackMessage, UnfitPost, parse_post
from hubbub.wire.links import HOOK_PATH

IDEMPOTENCY_FIELD = "idempotency-key"
"""What a program calls what it sends, so that nothing is said twice that is sent twice."""

SLACK_ANSWER = "ok"
"""What Slack answers: some programs look for it. https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks"""


def hook_routes(parts: Parts) -> list[BaseRoute]:
    """Return where programs post; behind `/slack`, whatever they send is read as Slack would."""
    posts = _Posts(parts.hooks)
    return [
        Route(f"{HOOK_PATH}{{secret}}", posts.take, methods=["POST"]),
        Route(f"{HOOK_PATH}{{secret}}/slack", posts.take_slack, methods=["POST"]),
    ]


class _Posts:
    """Takes what programs post."""

    def __init__(self, hooks: IncomingHooks) -> None:
        self._hooks = hooks

    async def take(self, request: Request) -> Response:
        """Say what was posted. Raises `Problem`, `Refused` and `StoreUnavailable`."""
        return await self._take(request, is_slack=False)

    async def take_slack(self, request: Request) -> Response:
        """Say what was meant for Slack."""
        return await self._take(request, is_slack=True)

    async def _take(self, request: Request, *, is_slack: bool) -> Response:
        peer = request.scope["state"]["peer"]
        # Before anything is read: whoever has no secret costs no more than a look into a table.
        hook = await self._hooks.find(request.path_params["secret"], peer)
        body = await read_body(request, BODY_BYTES)
        try:
            message = parse_post(request.headers.get("content-type", ""), body, is_slack=is_slack)
        except UnfitPost as unfit:
            raise Problem(HTTPStatus.BAD_REQUEST, "bad_request", str(unfit)) from None
        key = request.headers.get(IDEMPOTENCY_FIELD, "")
        said = await self._hooks.say(hook, msgspec.structs.replace(message, nonce=key or message.nonce), peer)
        if is_slack or isinstance(message, SlackMessage):
            return PlainTextResponse(SLACK_ANSWER)
        return Response(msgspec.json.encode(Done(said)), media_type=JSON_TYPE)
