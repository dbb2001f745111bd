"""What can go wrong between here and the server. What the server itself says no to is `core.kinds.Refused`."""

# ruff: noqa: N818 - an error is named by what is wrong

from collections.abc import Sequence

from hubbub.client.endpoints import Endpoint


class ClientError(Exception):
    """Something went wrong; the text is a sentence for people."""


class NoConnection(ClientError):
    """No server could be reached at any of the endpoints."""

    def __init__(self, failures: Sequence[tuple[Endpoint, str]]) -> None:
        """Take what was tried, and why it failed."""
        super().__init__("; ".join(f"No server at {endpoint}: {reason}" for endpoint, reason in failures) + ".")
        self.failures = tuple(failures)


class Untrusted(ClientError):
    """Whoever answers shows a certificate that is not trusted; nothing was sent to him."""

    def __init__(self, endpoint: Endpoint, reason: str) -> None:
        super().__init__(f"The certificate of {endpoint} is not trusted: {reason}.")
        self.endpoint = endpoint


class Unanswered(ClientError):
    """The connection was lost before the answer came: it may have been done, or not."""


class Ended(ClientError):
    """There is no connection any more, and none will be made: it was closed here, or the server wants nobody back."""


class Misunderstood(ClientError):
    """Whoever answers does not speak the native protocol."""


class Overrun(ClientError):
    """More came than was read while answers were awaited; the oldest records were dropped. History has them."""

    def __init__(self) -> None:
        super().__init__("Records were dropped, because they were read too slowly; the history has them.")
