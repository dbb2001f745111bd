"""Sessions: logging in and out with a browser, and who one is."""

from http import HTTPStatus

from starlette.responses import Response

from hubbub.core.account_requests import LogIn
from hubbub.core.house import House
from hubbub.core.kinds import PersonId
from hubbub.gateways.http.api.operation import Call, tell
from hubbub.gateways.http.api.shapes import Credentials
from hubbub.gateways.http.authentication import SESSION_COOKIE, peer_of, secret_of
from hubbub.service.recognising import BROWSER_SECONDS
from hubbub.wire.native import You


async def log_in(call: Call) -> Response:
    """Give a browser what it shows from now on; no script can read it, and no other page can have it sent."""
    body: Credentials = call.body
    peer = peer_of(call.request)
    account, secret = await call.parts.recognising.log_in(LogIn(body.name, body.password), peer)
    # A token that could not be used is not given: somebody who is banned learns so at once.
    await call.parts.visiting.visit(account, peer)
    response = tell(_you(call.parts.house, account), HTTPStatus.CREATED)
    response.set_cookie(
        SESSION_COOKIE,
        secret,
        max_age=BROWSER_SECONDS,
        path="/",
        secure=call.request.scope["scheme"] == "https",
        httponly=True,
        samesite="strict",
    )
    return response


async def log_out(call: Call) -> Response:
    """Let what the browser shows be worth nothing any more. A program's token stays: it is revoked by its id."""
    await call.parts.recognising.log_out(secret_of(call.request))
    response = Response(status_code=HTTPStatus.NO_CONTENT)
    response.delete_cookie(
        SESSION_COOKIE, path="/", secure=call.request.scope["scheme"] == "https", httponly=True, samesite="strict"
    )
    return response


async def tell_who(call: Call) -> Response:
    """Say who one is."""
    return tell(_you(call.parts.house, call.require_asker().person.id))


def _you(house: House, who: PersonId) -> You:
    account = house.account_of(who)
    if account is not None:
        return You(who, account.name, has_account=True, role=account.role)
    return You(who, house.people[who].name)
