"""Closing: every reason for which the server ends a connection, in one table."""

from enum import Enum


class Closing(Enum):
    """Why a connection is closed: a code for logs, a sentence for the person, and whether to come back."""

    code: str
    sentence: str
    come_back: bool

    def __init__(self, code: str, sentence: str, come_back: bool) -> None:  # noqa: FBT001 - a row of the table
        self.code = code
        self.sentence = sentence
        self.come_back = come_back

    LEFT = ("left", "Goodbye.", True)
    GONE = ("gone", "", True)
    """The peer closed or reset the connection; there is nobody left to read a sentence."""
    STOPPING = ("stopping", "The server is stopping. Please come back in a moment.", True)
    TRY_AGAIN = (
        "try_again",
        "The server cannot read what you missed at the moment. Please connect again in a few seconds.",
        True,
    )
    TOO_SLOW = ("too_slow", "You read too slowly, and too much was waiting for you. Please connect again.", True)
    SILENT = ("silent", "Nothing was heard of you for too long. Please connect again.", True)
    UNNAMED = ("unnamed", "You gave no name for too long. Connect again and type one.", True)
    NAMELESS = ("nameless", "You sent a lot, but no name. Connect again and say who you are first.", True)
    UNFINISHED = ("unfinished", "What you began to send did not come to its end in time. Please send it again.", True)
    BAD_INPUT = ("bad_input", "What you sent was not understood.", True)
    NOT_SPOKEN = ("not_spoken", "This server does not speak that protocol yet.", False)
    DISMISSED = ("dismissed", "You cannot stay here any more.", False)
    """The sentence that is told says why: an account that is gone or disabled, or somebody who is banned."""
    TOO_MANY = ("too_many", "Too many connections. Please try again later.", True)
    INTERNAL = ("internal", "Something went wrong in the server, not with you. Please connect again.", True)
