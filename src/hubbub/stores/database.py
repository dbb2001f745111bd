"""What the store asks of a database, and so what SQLite and PostgreSQL have to look like."""

from collections.abc import Callable, Collection, Coroutine, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from hubbub.core.kinds import RoomId, Seq
from hubbub.service.ports import StoreUnavailable
from hubbub.stores.statement import Statement

if TYPE_CHECKING:
    from hubbub.stores.statements import Statements

PATIENCE_SECONDS: Final = 5.0
"""How long to wait for another program's lock, or for a free connection, before `StoreUnavailable`."""

Rows = Sequence[tuple[Any, ...]]  # Any: a row's types are those of the schema's columns, which mypy cannot know

NUL: Final = "\0"
"""What no text in PostgreSQL has: it is an error to ask for one, and nothing is called so."""

T = TypeVar("T")


class OutcomeUnknown(StoreUnavailable):
    """The connection was lost between asking for a commit and its answer: the work was done, or not at all."""

    def __init__(self, result: Any) -> None:  # noqa: ANN401 - an exception cannot be generic
        super().__init__("the connection to the database was lost during a commit")
        self.result = result
        """What the work returned, true if it was done."""


class Connection(Protocol):
    """A connection in the middle of one piece of work; not to be kept beyond it."""

    keeps_index: bool
    """Whether there is a search index."""

    @property
    def statements(self) -> "Statements":
        """The statements in the database's own words."""

    async def fetch(self, statement: Statement, **parameters: object) -> Rows:
        """Return all rows of a query."""

    async def execute(self, statement: Statement, rows: Sequence[Mapping[str, object]]) -> None:
        """Do the same with each of these sets of parameters, in order."""

    async def lock_heads(self, rooms: Collection[RoomId]) -> dict[RoomId, Seq]:
        """Return the last `seq` of each of these rooms that exists, and let nobody else change them meanwhile."""


Work = Callable[[Connection], Coroutine[Any, Any, T]]  # Any: nothing is sent into it
"""Something to do with a connection. It may await nothing else: SQLite does it on a thread that has no loop."""


class Database(Protocol):
    """A database with the tables of `schema`. `read` and `write` raise `StoreUnavailable`, then nothing was changed."""

    keeps_index: bool
    """Whether it has the tables of `search_statements`."""

    async def open(self) -> None:
        """Connect, and create or migrate the tables. Raises `StoreUnusable`."""

    async def close(self) -> None:
        """Disconnect when what was begun is done; harmless when repeated."""

    async def read(self, work: Work[T]) -> T:
        """Do work that changes nothing; it sees everything that was written before."""

    async def browse(self, work: Work[T]) -> T:
        """As `read`, for what may take long: nobody who reads or writes waits for it."""

    async def write(self, work: Work[T]) -> T:
        """Do work in one transaction; on return it is durable. May raise `OutcomeUnknown`."""

    async def purge(self, *, thoroughly: bool) -> None:
        """Let nothing that was overwritten stand in any file, as far as the database does that for us.

        If `thoroughly`, also where others wait for it.
        """
