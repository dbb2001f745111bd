"""The introduction: what a client says of itself, at first and whenever it comes back, and how it proves it."""

from typing import Final

from msgspec.structs import replace

from hubbub.client.errors import Misunderstood
from hubbub.client.model import NOBODY, Model
from hubbub.client.scram import Challenge, Exchange, Proof
from hubbub.core.account_requests import ChangePassword, LogIn, Register
from hubbub.wire import native

MARK_OF_TOKENS: Final = "hub_"
"""What every token begins with, so that none is taken for a password."""


class Introduction:
    """Who one is, as far as a server is to know."""

    def __init__(self, hello: native.Hello) -> None:
        self._hello = hello
        self.key = ""
        """What makes one the same guest again; empty with an account, and before the first welcome."""
        self._exchange: Exchange | None = None
        self._challenge: Challenge | None = None
        self._proof: Proof | None = None

    @property
    def password(self) -> str:
        """What proves who one is; empty where nothing is to be proved by it."""
        return "" if self._hello.register or self._hello.token or self.key else self._hello.password

    def begin(self, model: Model, since: dict[int, int], scram_nonce: str) -> native.Hello:
        """Return what to say on a new connection; with a nonce, a password is proved without being sent."""
        hello, you = self._hello, model.you
        if you is not NOBODY:
            is_in_rooms = bool(self.key) or you.has_account
            hello = replace(
                hello,
                name=hello.name if hello.token else you.name,
                register=False,
                key=self.key,
                # Whoever is still in his rooms might have left some of them on another connection.
                rooms=() if is_in_rooms else _channels(model) or hello.rooms,
                since=since,
                server=model.server_id,
            )
        self._exchange = self._challenge = self._proof = None
        if scram_nonce and self.password:
            self._exchange = Exchange(hello.name, scram_nonce)
            hello = replace(hello, name="", password="", scram=self._exchange.first)
        return hello

    def take_challenge(self, text: str) -> Challenge | None:
        """Return what the password is to be salted with; None where nothing is to be proved. Raises `Misunderstood`."""
        self._challenge = None if self._exchange is None else self._exchange.read(text)
        return self._challenge

    def prove(self, salted_password: bytes) -> native.Proof | None:
        """Return the answer to the challenge."""
        if self._exchange is None or self._challenge is None:
            return None
        self._proof = self._exchange.prove(self._challenge, salted_password)
        return native.Proof(self._proof.message)

    def welcomed(self, welcome: native.Welcome) -> None:
        """Take note that one is in. Raises `Misunderstood` if the server does not know the password itself."""
        if self._exchange is not None and (self._proof is None or welcome.scram != self._proof.server_final):
            raise Misunderstood("Whoever answers there does not know your password, and is somebody else.")
        self.key = welcome.key
        # The account is opened, and an invitation spent.
        self._hello = replace(self._hello, register=False, code="")

    def remember(self, request: native.Request) -> None:
        """Keep what one has to prove from now on to be let in again, for it was found to be right."""
        match request:
            case LogIn():
                is_token = request.password.startswith(MARK_OF_TOKENS)
                password, token = ("", request.password) if is_token else (request.password, "")
                self._hello = replace(self._hello, name=request.name, password=password, token=token)
                self.key = ""
            case Register(password=password) | ChangePassword(new=password):
                self._hello = replace(self._hello, password=password)
                self.key = ""
            case _:
                pass


def _channels(model: Model) -> tuple[str, ...]:
    """Return where a guest was, and wants to be again."""
    return tuple(room.name for room in model.rooms.values() if room.kind == "channel")
