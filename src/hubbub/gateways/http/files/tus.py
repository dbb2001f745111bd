"""tus 1.0: files come in with interruptions (https://tus.io/protocols/resumable-upload).

Core, creation, expiration and termination. The id at the end of an upload's address is the file's once it is all there.
"""

import binascii
from base64 import b64decode
from collections.abc import Awaitable, Callable, Mapping
from email.utils import formatdate
from http import HTTPStatus
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from hubbub.core.files import FileId
from hubbub.core.house import Person
from hubbub.core.kinds import Refused
from hubbub.gateways.http.api.operation import PREFIX
from hubbub.gateways.http.authentication import require_asker
from hubbub.gateways.http.parts import Parts
from hubbub.gateways.http.problems import Problem, bad_request
from hubbub.gateways.http.refusals import problem_of
from hubbub.service.ports import StoreUnavailable
from hubbub.service.scribe import TRY_AGAIN
from hubbub.service.uploading import Progress, WrongOffset

UPLOADS: Final = f"{PREFIX}/uploads"
VERSION: Final = "1.0.0"
EXTENSIONS: Final = "creation,expiration,termination"
PATCH_TYPE: Final = "application/offset+octet-stream"

_RESUMABLE: Final = {"tus-resumable": VERSION}

_MOST_DIGITS: Final = 18
"""Digits of the largest size that is understood."""

Act = Callable[[Request, Parts], Awaitable[Response]]


def tus_routes(parts: Parts) -> list[BaseRoute]:
    """Return where uploads begin and go on."""

    def answering(acts: Mapping[str, Act]) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            method = request.method
            if method == "POST":
                # For clients whose network lets no other methods through. Of GET, nobody asks from whose page it comes.
                method = request.headers.get("x-http-method-override", method).upper()
            act = acts.get(method)
            if act is None:
                raise Problem(
                    HTTPStatus.METHOD_NOT_ALLOWED,
                    "method_not_allowed",
                    "That cannot be done here; the field Allow says what can.",
                    {"allow": ", ".join(acts)},
                )
            if method != "OPTIONS":
                _require_version(request)
            return await _answer(act, request, parts)

        return endpoint

    everywhere = {"OPTIONS": _tell_options}
    one = {"HEAD": _tell_offset, "PATCH": _go_on, "DELETE": _cancel, **everywhere}
    return [
        Route(UPLOADS, answering({"POST": _begin, **everywhere}), methods=["POST", "OPTIONS"]),
        Route(f"{UPLOADS}/{{id}}", answering(one), methods=["GET", "POST", *one]),
    ]


async def _answer(act: Act, request: Request, parts: Parts) -> Response:
    """Answer, in the protocol's own version whatever comes of it."""
    try:
        response = await act(request, parts)
    except Problem as problem:
        raise _in_this_version(problem) from problem
    except Refused as refused:
        raise _in_this_version(problem_of(refused.refusal)) from refused
    except StoreUnavailable as error:
        raise _in_this_version(problem_of(TRY_AGAIN)) from error
    response.headers.update(_RESUMABLE)
    return response


def _in_this_version(problem: Problem) -> Problem:
    return Problem(problem.status, problem.code, problem.sentence, {**problem.fields, **_RESUMABLE})


async def _require(request: Request, parts: Parts) -> Person:
    person = (await require_asker(request, parts)).person
    parts.visiting.keep_pace(person.id)
    return person


async def _tell_options(_: Request, parts: Parts) -> Response:
    fields = {"tus-version": VERSION, "tus-extension": EXTENSIONS}
    if most := parts.filing.uploading.limits.file_bytes:
        fields["tus-max-size"] = str(most)
    return Response(status_code=HTTPStatus.NO_CONTENT, headers=fields)


async def _begin(request: Request, parts: Parts) -> Response:
    person = await _require(request, parts)
    if "upload-defer-length" in request.headers:
        raise bad_request("Say with Upload-Length how large the file is.")
    size_bytes = _read_number(request, "upload-length")
    name = parse_metadata(request.headers.get("upload-metadata", "")).get("filename", b"").decode(errors="replace")
    upload = await parts.filing.uploading.begin(person, name, size_bytes)
    return Response(status_code=HTTPStatus.CREATED, headers={"location": f"{UPLOADS}/{upload.id}"})


async def _tell_offset(request: Request, parts: Parts) -> Response:
    person = await _require(request, parts)
    progress = await parts.filing.uploading.progress(person, _id_of(request))
    fields = _fields_of(progress) | {"upload-length": str(progress.size_bytes), "cache-control": "no-store"}
    return Response(status_code=HTTPStatus.OK, headers=fields)


async def _go_on(request: Request, parts: Parts) -> Response:
    person = await _require(request, parts)
    if request.headers.get("content-type", "") != PATCH_TYPE:
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "bad_request", f"Send it as {PATCH_TYPE}.")
    offset = _read_number(request, "upload-offset")
    try:
        progress = await parts.filing.uploading.append(person, _id_of(request), offset, request.stream())
    except WrongOffset as error:
        sentence = f"The upload goes on at {error.offset}."
        raise Problem(HTTPStatus.CONFLICT, "wrong_offset", sentence) from error
    return Response(status_code=HTTPStatus.NO_CONTENT, headers=_fields_of(progress))


async def _cancel(request: Request, parts: Parts) -> Response:
    person = await _require(request, parts)
    await parts.filing.uploading.cancel(person, _id_of(request))
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _id_of(request: Request) -> FileId:
    return FileId(request.path_params["id"])


def _fields_of(progress: Progress) -> dict[str, str]:
    fields = {"upload-offset": str(progress.offset)}
    if progress.expires_ms is not None:
        fields["upload-expires"] = formatdate(progress.expires_ms / 1_000, usegmt=True)
    return fields


def _require_version(request: Request) -> None:
    if request.headers.get("tus-resumable") != VERSION:
        raise Problem(
            HTTPStatus.PRECONDITION_FAILED,
            "bad_request",
            f"This is tus {VERSION}: say so with Tus-Resumable.",
            {"tus-version": VERSION},
        )


def _read_number(request: Request, name: str) -> int:
    text = request.headers.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise bad_request(f"{name.title()} has to be a number of bytes.")
    return int(text)


def parse_metadata(field: str) -> dict[str, bytes]:
    """Return what an upload says of itself: names, and values in base 64. Raises `Problem`."""
    found = {}
    for pair in filter(None, map(str.strip, field.split(","))):
        name, _, value = pair.partition(" ")
        try:
            found[name] = b64decode(value, validate=True)
        except (binascii.Error, ValueError) as error:
            raise bad_request("Upload-Metadata has names, and behind each a space and its value in base 64.") from error
    return found
