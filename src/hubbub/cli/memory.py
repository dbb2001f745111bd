"""What the terminal client remembers of servers: the same file as the other commands, and the same tokens."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from hubbub.cli import remembered
from hubbub.cli.tokens import drop_token, find_token, keep_token

if TYPE_CHECKING:
    from hubbub.tui.choices import Choice
    from hubbub.tui.targets import Target


@contextmanager
def _telling() -> Iterator[None]:
    """Tell a client what is wrong with the file. Raises `Unremembered`."""
    from hubbub.tui.memory import Unremembered

    try:
        yield
    except remembered.BadFileError as error:
        raise Unremembered(str(error)) from error


class FileMemory:
    """See `hubbub.tui.memory.Memory`."""

    def __init__(self, usual_name: str) -> None:
        """Call guests so who did not choose a name."""
        self._usual_name = usual_name

    @_telling()
    def choose(self, target: "Target", name: str = "") -> "Choice":
        """Return how to go there: with one's account, unless another name is given."""
        from hubbub.tui.choices import Choice, Who

        known = remembered.load().find(target.endpoint)
        is_another = bool(name) and name.casefold() != known.name.casefold()
        token = "" if is_another else find_token(target.endpoint, known)
        who = Who(known.name, token=token) if token else Who(name or self._usual_name)
        rooms = (target.room,) if target.room else ()
        return Choice(target.endpoint, who, known.fingerprint, rooms)

    @_telling()
    def known(self) -> list[str]:
        """Return every server that is remembered."""
        return list(remembered.load().servers)

    @_telling()
    def keep_certificate(self, endpoint: str, fingerprint: str) -> None:
        """Know a server by its certificate from now on."""
        known = remembered.load()
        server = msgspec.structs.replace(known.find(endpoint), fingerprint=fingerprint)
        remembered.save(known.having(endpoint, server))

    @_telling()
    def keep_account(self, endpoint: str, name: str, token_id: str, token: str) -> None:
        """Be who has an account there, as after `hubbub login`."""
        known = remembered.load()
        server = msgspec.structs.replace(known.find(endpoint), name=name, token_id=token_id)
        remembered.save(known.having(endpoint, keep_token(endpoint, server, token)))

    @_telling()
    def drop_account(self, endpoint: str) -> str:
        """Be a guest there, as after `hubbub logout`; return the id of the token."""
        known = remembered.load()
        server = known.find(endpoint)
        if not server.is_logged_in:
            return ""
        drop_token(endpoint, server)
        remembered.save(known.having(endpoint, remembered.KnownServer(fingerprint=server.fingerprint)))
        return server.token_id
