"""A place where everything that a commander shows can be looked at."""

from collections.abc import Sequence

from hubbub.client.endpoints import parse_endpoint
from hubbub.tui.buffers import Buffer
from hubbub.tui.choices import Choice, Who
from hubbub.tui.commanding import Commander
from hubbub.tui.keeping import Keeping
from hubbub.tui.targets import Target
from tests.tui.watching import Seat


class Notes:
    """Remembers servers for as long as a test takes."""

    def __init__(self) -> None:
        self.accounts: dict[str, tuple[str, str, str]] = {}
        self.certificates: dict[str, str] = {}

    def choose(self, target: Target, name: str = "") -> Choice:
        """Be whom one was, or as one is told."""
        known, _, token = self.accounts.get(target.endpoint, ("", "", ""))
        who = Who(known, token=token) if token and not name else Who(name or "somebody")
        return Choice(
            target.endpoint, who, self.certificates.get(target.endpoint, ""), tuple(filter(None, [target.room]))
        )

    def known(self) -> list[str]:
        """Return where an account is."""
        return list(self.accounts)

    def keep_certificate(self, endpoint: str, fingerprint: str) -> None:
        """Note it."""
        self.certificates[endpoint] = fingerprint

    def keep_account(self, endpoint: str, name: str, token_id: str, token: str) -> None:
        """Note it."""
        self.accounts[str(parse_endpoint(endpoint))] = (name, token_id, token)

    def drop_account(self, endpoint: str) -> str:
        """Note it no longer."""
        return self.accounts.pop(endpoint, ("", "", ""))[1]


class Table(Seat):
    """A seat with somebody who obeys, and all that he shows."""

    def __init__(self, keeping: Keeping | None = None) -> None:
        super().__init__(keeping)
        self.notes = Notes()
        self.commander = Commander(self.desk, self.notes, self)
        self.current: Buffer | None = None
        self.told: list[str] = []
        self.secrets: list[str] = []
        """What is answered to the next questions."""
        self.asked: list[str] = []
        self.opened: list[str] = []
        self.can_open = True
        self.steps: list[tuple[int, int]] = []
        self.goodbye: str | None = None

    def turn_to(self, buffer: Buffer) -> None:
        """Have it before one."""
        self.current = buffer

    def tell(self, sentences: Sequence[str], *, is_error: bool = False) -> None:
        """Note what is shown."""
        self.told += [f"! {one}" if is_error else one for one in sentences]

    async def ask_secret(self, question: str) -> str | None:
        """Give the next answer."""
        self.asked.append(question)
        return self.secrets.pop(0) if self.secrets else None

    def progress(self, label: str) -> "Step":
        """Note how far it is."""
        return Step(self, label)

    def open_link(self, url: str) -> bool:
        """Note what is opened."""
        self.opened.append(url)
        return self.can_open

    def quit(self, reason: str) -> None:
        """Note why."""
        self.goodbye = reason

    async def type(self, line: str) -> list[str]:
        """Write a line; return what is shown at once."""
        self.told.clear()
        await self.commander.hear(line)
        return list(self.told)


class Step:
    """Is told how far something is."""

    def __init__(self, table: Table, label: str) -> None:
        self._table = table
        self.label = label

    def __call__(self, done_bytes: int, total_bytes: int, /) -> None:
        """Note it."""
        self._table.steps.append((done_bytes, total_bytes))
