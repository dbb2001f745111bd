"""Refusals: which status each rule's no has."""

import math
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from hubbub.core.kinds import Refusal, RefusalCode
from hubbub.gateways.http.problems import Problem

_CODES: Final[Mapping[HTTPStatus, tuple[RefusalCode, ...]]] = {
    HTTPStatus.BAD_REQUEST: ("bad_request", "unknown_command"),
    HTTPStatus.UNAUTHORIZED: ("wrong_password",),
    HTTPStatus.FORBIDDEN: (
        *("accounts_only", "asks_first"),
        *("archived", "banned", "disabled", "muted", "needs_account", "needs_encryption", "needs_invitation"),
        *("needs_voice", "not_a_member", "not_allowed", "not_registered", "refused_by_recipient", "wrong_key"),
    ),
    HTTPStatus.NOT_FOUND: ("bad_code", "no_such_file", "no_such_message", "no_such_room", "nobody", "unknown_person"),
    HTTPStatus.CONFLICT: (
        *("already_registered", "list_full", "look_alike", "name_reserved", "name_taken", "not_away", "not_needed"),
        *("room_full", "room_renamed", "too_many_rooms", "unchanged"),
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("file_too_large", "too_long"),
    HTTPStatus.UNPROCESSABLE_ENTITY: (
        *("bad_alert", "bad_name", "bad_nonce", "bad_password", "bad_pattern", "bad_query", "bad_reaction"),
        *("bad_room_name", "bad_setting", "empty", "too_many_files", "too_many_recipients"),
    ),
    HTTPStatus.TOO_MANY_REQUESTS: ("slow_mode", "too_fast", "too_many_uploads"),
    HTTPStatus.SERVICE_UNAVAILABLE: ("try_again",),
    HTTPStatus.INSUFFICIENT_STORAGE: ("disk_full", "quota_exceeded"),
}

STATUSES: Final[Mapping[RefusalCode, HTTPStatus]] = {code: status for status, codes in _CODES.items() for code in codes}
"""The status of every refusal that these rules know; one of a feature that has no line here is a `403`."""


def problem_of(refusal: Refusal) -> Problem:
    """Return what to raise at whoever was refused; it says when to try again, if that may help."""
    status = STATUSES.get(refusal.code, HTTPStatus.FORBIDDEN)
    fields = {}
    if refusal.retry_seconds:
        fields["retry-after"] = str(math.ceil(refusal.retry_seconds))
    if status is HTTPStatus.UNAUTHORIZED:
        # RFC 9110 section 15.5.2. No `Basic`, for which browsers would ask.
        fields["www-authenticate"] = "Bearer"
    return Problem(status, refusal.code, refusal.sentence, fields)
