"""A PostgreSQL store that cannot be opened says in one sentence why and what to do, and never shows a password."""

import asyncio
import re
import socket

import pytest

from hubbub.service.ports import StoreUnusable
from hubbub.stores.postgres_errors import place_of
from tests.stores.places import postgres_store
from tests.stores.postgres_server import PostgresServer

SECRET = "hunter2&/@"


async def refusal(url: str, patience_seconds: float = 5) -> str:
    """Return the sentence with which a store at that URL refuses to open."""
    store = postgres_store(url, patience_seconds)
    with pytest.raises(StoreUnusable) as refused:
        await store.open()
    await store.close()
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert SECRET not in sentence
    assert "\n" not in sentence
    return sentence


async def test_a_wrong_password(postgres: PostgresServer) -> None:
    """Who is not let in hears it, and from where."""
    sentence = await refusal(postgres.url("postgres", password=SECRET))
    assert re.fullmatch(
        rf"PostgreSQL at {postgres.folder}/postgres does not let us in \(password authentication failed for user "
        r'"hubbub"\)\. Correct user and password in the database URL\.',
        sentence,
    )


async def test_no_password(postgres: PostgresServer) -> None:
    """A password that is wanted but not given is wrong."""
    assert "does not let us in" in await refusal(f"postgresql://hubbub@/postgres?host={postgres.folder}")


async def test_a_database_that_does_not_exist(postgres: PostgresServer) -> None:
    """A database has to be made by its owner; the sentence says how."""
    assert "has no database at" in await refusal(postgres.url("nowhere"))


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        ("127.0.0.1:1", "connection refused"),
        ("[::1]:1", "[a-z ]+"),  # a machine may have no IPv6
        ("database.invalid", "no address is known for that name"),
    ],
)
async def test_no_server(host: str, reason: str) -> None:
    """Where no server answers, the sentence says where that is, and why in words."""
    sentence = await refusal(f"postgresql://hubbub:hunter2@{host}/chat")
    assert re.fullmatch(
        rf"No PostgreSQL server can be reached at {re.escape(host)}/chat \({reason}\)\. "
        r"Start it, or correct the database URL\.",
        sentence,
    )


async def test_a_server_that_never_answers() -> None:
    """What accepts and says nothing is not waited for, and the sentence says how long it was."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        sentence = await refusal(f"postgresql://hubbub@127.0.0.1:{port}/chat", patience_seconds=0.2)
    assert sentence.startswith(f"PostgreSQL at 127.0.0.1:{port}/chat did not answer within 0.2 seconds. See that it is")


async def test_a_server_that_hangs_up() -> None:
    """Another program may close at once; the driver's words would say nothing of it."""

    def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as other:
        port = other.sockets[0].getsockname()[1]
        sentence = await refusal(f"postgresql://hubbub@127.0.0.1:{port}/chat")
    assert sentence.startswith(f"PostgreSQL at 127.0.0.1:{port}/chat hung up. Look into its log")


async def test_no_socket(postgres: PostgresServer) -> None:
    """The same for a folder without a server's socket in it."""
    assert "No PostgreSQL server can be reached" in await refusal(postgres.url("x", folder=postgres.folder / "data"))


@pytest.mark.parametrize("url", ["postgresql://hubbub:hunter2@host:port/chat", "postgresql://h/x?sslmode=perhaps"])
async def test_a_url_that_makes_no_sense(url: str) -> None:
    """A URL that cannot be understood is answered by one that can, and where there are parameters, they are blamed."""
    sentence = await refusal(url)
    assert "looks like postgresql://user:password@host:5432/hubbub" in sentence
    assert ("Correct what follows the '?'." in sentence) == ("?" in url)


async def test_a_parameter_that_does_not_exist(postgres: PostgresServer) -> None:
    """What stands after the question mark has to mean something to the server."""
    assert "does not understand the database URL" in await refusal(postgres.url("postgres") + "&colour=blue")


async def test_a_user_who_may_not_make_tables(postgres: PostgresServer) -> None:
    """A user without the right to make tables is told which right that is."""
    await postgres.empty_database()
    await postgres.execute("CREATE ROLE guest LOGIN PASSWORD 'guest'; GRANT USAGE ON SCHEMA public TO guest")
    try:
        sentence = await refusal(postgres.url("postgres", user="guest", password="guest"))
    finally:
        await postgres.execute("DROP OWNED BY guest; DROP ROLE guest")
    assert "Grant the user CREATE on the schema" in sentence


async def test_a_server_that_takes_no_more_connections(postgres: PostgresServer) -> None:
    """A server that is full now may serve later."""
    await postgres.execute("CREATE ROLE guest LOGIN PASSWORD 'guest' CONNECTION LIMIT 0")
    try:
        sentence = await refusal(postgres.url("postgres", user="guest", password="guest"))
    finally:
        await postgres.execute("DROP ROLE guest")
    assert "cannot serve now" in sentence


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("postgresql://ann:secret@db.example:5432/chat", "db.example:5432/chat"),
        ("postgresql://db.example", "db.example"),
        ("postgresql://ann:secret@one,two:1/chat?sslmode=require", "one,two:1/chat"),
        ("postgresql://ann:sec%2Fret@/chat?host=/run/postgresql", "/run/postgresql/chat"),
        ("postgresql:///chat", "the local socket/chat"),
        ("postgresql://ann:sec/ret@db.example/chat", "the given URL"),
        ("postgresql://ann:sec?ret@db.example/chat", "the given URL"),
        ("postgresql://ann:sec#ret@db.example/chat", "the given URL"),
        ("postgresql://db.example/chat?password=secret", "db.example/chat"),
    ],
)
def test_what_may_be_shown_of_a_url(url: str, place: str) -> None:
    """The place is shown, user and password never, not even where the URL is wrong."""
    assert place_of(url) == place
