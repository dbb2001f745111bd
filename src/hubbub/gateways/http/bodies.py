"""Bodies: what comes with a request, never more of it than its route takes."""

from http import HTTPStatus
from typing import Final, TypeVar

import msgspec
from starlette.requests import Request

from hubbub.gateways.http.problems import Problem, bad_request
from hubbub.wire.native import LINE_BYTES, describe_fault

JSON_BYTES: Final = LINE_BYTES
"""Longest body in JSON: as much as one message of the native protocol."""

T = TypeVar("T")


async def read_body(request: Request, limit_bytes: int) -> bytes:
    """Return the whole body. Raises `Problem` for one that is longer, before more of it is read."""
    length = request.headers.get("content-length", "0")
    if int(length) > limit_bytes:
        raise too_large(limit_bytes)
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > limit_bytes:
            raise too_large(limit_bytes)
    return bytes(body)


async def read_json(request: Request, kind: type[T]) -> T:
    """Return what a body in JSON says. Raises `Problem`."""
    # A form of somebody else's page can send no such type without asking before. Fetch, section 2.2.2.
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Problem(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            "Send JSON, and say so: “Content-Type: application/json”.",
        )
    try:
        return msgspec.json.decode(await read_body(request, JSON_BYTES), type=kind)
    except msgspec.ValidationError as error:
        raise unfit(describe_fault(error)) from None
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise bad_request(f"The body is not understood: {describe_fault(error)}.") from None


def read_query(request: Request, kind: type[T]) -> T:
    """Return what the query of an address says; what is not known there is ignored. Raises `Problem`."""
    try:
        return msgspec.convert(dict(request.query_params), kind, strict=False)
    except msgspec.ValidationError as error:
        raise unfit(describe_fault(error)) from None


def unfit(fault: str) -> Problem:
    """Return what to raise at what is understood, and is not what was wanted."""
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "bad_request", f"That is not what is wanted here: {fault}.")


def too_large(limit_bytes: int) -> Problem:
    """Return what to raise at a body that is longer than its route takes."""
    return Problem(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", f"At most {limit_bytes} bytes may be sent here. Send less."
    )
