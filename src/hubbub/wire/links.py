"""Links that are given to people; the HTTP gateway shows what they lead to."""

from typing import Final

from hubbub.core.files import FileId

ANYWHERE: Final = "HOST:PORT"
"""Stands for where a server is reached, when that is not known."""

UNKNOWN: Final = f"http://{ANYWHERE}"
"""What links begin with where it is not known how a server is reached: whoever gives one away has to know."""

INVITATION_PATH: Final = "/invite/"
"""Stands before the code."""

CLAIM_PATH: Final = "/claim/"
"""Stands before the code that claims a new server."""

HOOK_PATH: Final = "/hooks/"
"""Stands before the secret of a webhook."""


FILEHOST_PATH: Final = "/filehost"
"""Where IRC clients send files, which know only that."""

FILE_PATH: Final = "/f/"
"""Stands before the id of a file."""


def file_link(server: str, file: FileId) -> str:
    """Return the link to a file: short, and worth nothing once no message shows it any more."""
    return f"{server}{FILE_PATH}{file}"


def invitation_link(server: str, code: str) -> str:
    """Return the link to an invitation, for a server such as `https://chat.example.org:4242`."""
    return f"{server}{INVITATION_PATH}{code}"


def claim_link(server: str, code: str) -> str:
    """Return the link that a browser claims a new server with."""
    return f"{server}{CLAIM_PATH}{code}"


def hook_link(server: str, secret: str) -> str:
    """Return where programs speak by a webhook; its path alone where it is not known how the server is reached."""
    return f"{server}{HOOK_PATH}{secret}"
