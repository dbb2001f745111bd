"""Codes: what each reason to close is called in a close frame. RFC 6455 section 7.4.1, and IANA's registry for 1013."""

from collections.abc import Mapping
from typing import Final

from websockets.frames import CloseCode

from hubbub.gateways.closing import Closing

CODES: Final[Mapping[Closing, CloseCode]] = {
    Closing.LEFT: CloseCode.NORMAL_CLOSURE,
    Closing.GONE: CloseCode.NORMAL_CLOSURE,
    Closing.STOPPING: CloseCode.GOING_AWAY,
    Closing.TRY_AGAIN: CloseCode.TRY_AGAIN_LATER,
    Closing.TOO_SLOW: CloseCode.TRY_AGAIN_LATER,
    Closing.SILENT: CloseCode.GOING_AWAY,
    Closing.UNNAMED: CloseCode.POLICY_VIOLATION,
    Closing.NAMELESS: CloseCode.POLICY_VIOLATION,
    Closing.UNFINISHED: CloseCode.GOING_AWAY,
    # What the conversation inside cannot understand; what breaks the rules of WebSocket has codes of its own.
    Closing.BAD_INPUT: CloseCode.INVALID_DATA,
    Closing.NOT_SPOKEN: CloseCode.POLICY_VIOLATION,
    Closing.DISMISSED: CloseCode.POLICY_VIOLATION,
    Closing.TOO_MANY: CloseCode.TRY_AGAIN_LATER,
    Closing.INTERNAL: CloseCode.INTERNAL_ERROR,
}
