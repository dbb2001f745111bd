"""Sending: a file comes in as the body of a request, at once."""

from http import HTTPStatus
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hubbub.core.files import FileId, FileView
from hubbub.core.house import Person
from hubbub.gateways.http.api.operation import PREFIX, Call, tell
from hubbub.gateways.http.parts import Parts
from hubbub.gateways.http.problems import Problem

_FORMS: Final = ("multipart/", "application/x-www-form-urlencoded")


async def send_file(call: Call) -> Response:
    """Take a file in, and say what it is. Raises `Problem`, `Refused` and `StoreUnavailable`."""
    person = call.require_asker().person
    view = await receive(call.request, call.parts, person, call.query.name)
    return tell(view, HTTPStatus.CREATED, f"{PREFIX}/files/{view.id}")


async def receive(request: Request, parts: Parts, person: Person, name: str) -> FileView:
    """Take a file in that somebody sends as a body. Raises `Problem`, `Refused` and `StoreUnavailable`."""
    if request.headers.get("content-type", "").lower().startswith(_FORMS):
        raise Problem(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "bad_request",
            "Send the file itself as the body, and not a form: curl --data-binary @FILE.",
            {"accept": "application/octet-stream"},
        )
    parts.visiting.keep_pace(person.id)
    length = request.headers.get("content-length")
    return await parts.filing.uploading.receive(person, name, None if length is None else int(length), request.stream())


async def forget_file(call: Call) -> Response:
    """Let a file go that no message shows. Raises `Refused` and `StoreUnavailable`."""
    await call.parts.filing.forget(call.require_asker().person.id, FileId(call.path["file"]))
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def find_file(call: Call) -> Response:
    """Say what a file is to whoever may read it. Raises `Refused` and `StoreUnavailable`."""
    file = await call.parts.filing.find(FileId(call.path["file"]), call.require_asker().person)
    return tell(file.view)
