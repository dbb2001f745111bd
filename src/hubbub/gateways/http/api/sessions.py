"""Sessions: logging in and out with a browser, and who one is."""

from http import HTTPStatus

from starlette.responses import Response

from hubbub.core.account_requests import LogIn
from hubbub.core.house import House
from hubbub.core.kinds import PersonId
from hubbub.gateways.http.api.operation import Call, tell
from hubbub.gateways.http.api.shapes import BrowserSession, Credentials, DeviceLink
from hubbub.gateways.http.authentication import SESSION_COOKIE, peer_of, require_own_page, secret_of
from hubbub.service.recognising import BROWSER_SECONDS
from hubbub.wire.native import You


async def log_in(call: Call) -> Response:
    """Give a browser what it shows from now on; no script can read it, and no other page can have it sent."""
    body: Credentials = call.body
    peer = peer_of(call.request)
    account, secret = await call.parts.recognising.log_in(LogIn(body.name, body.password), peer)
    return await _let_in(call, account, secret)


async def offer_device(call: Call) -> Response:
    """Make a code that logs another device in."""
    asker = call.require_asker()
    return tell(await call.parts.devices.offer(asker.person, asker.peer), HTTPStatus.CREATED)


async def log_in_device(call: Call) -> Response:
    """Log a browser in that shows such a code."""
    # Never by another server's page, nor by what is no browser: nothing else may use the code up.
    require_own_page(call.request, is_sure=True)
    body: DeviceLink = call.body
    account, secret = await call.parts.devices.accept(body.code, peer_of(call.request))
    return await _let_in(call, account, secret)


async def _let_in(call: Call, account: PersonId, secret: str) -> Response:
    # A token that could not be used is not given: somebody who is banned learns so at once.
    await call.parts.visiting.visit(account, peer_of(call.request))
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
    """Let what the browser shows be worth nothing, in all its pages. A program's token is revoked by its id."""
    await call.parts.revoking.log_out(secret_of(call.request))
    response = Response(status_code=HTTPStatus.NO_CONTENT)
    response.delete_cookie(
        SESSION_COOKIE, path="/", secure=call.request.scope["scheme"] == "https", httponly=True, samesite="strict"
    )
    return response


async def tell_who(call: Call) -> Response:
    """Say who one is."""
    return tell(_you(call.parts.house, call.require_asker().person.id))


async def tell_session(call: Call) -> Response:
    """Say who one is, and by which token."""
    you = _you(call.parts.house, call.require_asker().person.id)
    token = await call.parts.recognising.find_id(secret_of(call.request))
    return tell(BrowserSession(you.id, you.name, you.has_account, you.role, token))


def _you(house: House, who: PersonId) -> You:
    account = house.account_of(who)
    if account is not None:
        return You(who, account.name, has_account=True, role=account.role)
    return You(who, house.people[who].name)
