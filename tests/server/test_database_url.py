"""The URL of the database: what is one, and that its password is never shown."""

import string
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hubbub.server.database_url import HIDDEN, DatabaseUrlError, require_database_url, shown_database_url

SECRET = "s3cret-zz"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("", ""),
        ("postgresql://db.example/hubbub", "postgresql://db.example/hubbub"),
        ("postgresql://ann@db.example:5432/hubbub", "postgresql://ann@db.example:5432/hubbub"),
        (f"postgresql://ann:{SECRET}@[::1]:5432/hubbub", f"postgresql://ann:{HIDDEN}@[::1]:5432/hubbub"),
        (f"postgresql://ann@db/hubbub?password={SECRET}", f"postgresql://ann@db/hubbub?{HIDDEN}"),
        ("postgresql://postgres:@/postgres?host=/run/pg", f"postgresql://postgres:{HIDDEN}@/postgres?{HIDDEN}"),
        ("postgresql:///hubbub", "postgresql:///hubbub"),
    ],
)
def test_a_url_is_shown_without_its_password(url: str, shown: str) -> None:
    """Everything but the password and the query, which may hold one, helps to see what is meant."""
    require_database_url(url)
    assert shown_database_url(url) == shown


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://ann:{SECRET}/x@db/hubbub",
        f"postgresql://ann:12/{SECRET}@db/hubbub",
        f"postgresql://ann:x#{SECRET}@db/hubbub",
        f"postgresql://ann:x@{SECRET}@db/hubbub",
        f"postgresql://:{SECRET}@db/hubbub",
        f"postgres://ann:{SECRET}@db/hubbub",
        f"sqlite:///{SECRET}",
        SECRET,
    ],
)
def test_a_text_that_is_no_such_url_is_refused_unseen(url: str) -> None:
    """Where the password is cannot be known in a malformed URL, so nothing of it is repeated."""
    with pytest.raises(DatabaseUrlError) as caught:
        require_database_url(url)
    assert SECRET not in str(caught.value)
    assert shown_database_url(url) == HIDDEN


@pytest.mark.parametrize(
    ("url", "part"),
    [
        (f"postgres://ann:{SECRET}@db/hubbub", "it has to begin with postgresql://"),
        (f"postgresql+asyncpg://ann:{SECRET}@db/hubbub", "it has to begin with postgresql://"),
        (f"mysql://ann:{SECRET}@db/hubbub", "only PostgreSQL and SQLite are supported"),
        ("sqlite:///data/hubbub.db", "SQLite has no URL: leave it out, and say with --data FOLDER where to keep it"),
        (SECRET, "this is no URL"),
        (f"postgresql:/ann:{SECRET}@db", "this is no URL"),
        (f"postgresql://ann:{SECRET}@x@db/hubbub", "in the password, write %40 instead of @"),
        (f"postgresql://ann:{SECRET}/x@db/hubbub", "in the password, write %2F instead of /"),
        (f"postgresql://ann:{SECRET}:x@db/hubbub", "in the password, write %3A instead of :"),
        (f"postgresql://ann:{SECRET} x@db/hubbub", "in the password, write %20 instead of a space"),
        (f"postgresql://a/n:{SECRET}@db/hubbub", "in the user's name, write %2F instead of /"),
        (f"postgresql://:{SECRET}@db/hubbub", "the user's name is missing"),
        (f"postgresql://ann:{SECRET}@db:port/hubbub", "the port is no number up to 65535"),
        (f"postgresql://ann:{SECRET}@db:65536/hubbub", "the port is no number up to 65535"),
        (f"postgresql://ann:{SECRET}@[::1]:/hubbub", "the port is no number up to 65535"),
        (f"postgresql://ann:{SECRET}", "the port is no number up to 65535"),
        (f"postgresql://ann:{SECRET}@::1:5432/hubbub", "the host is an IPv6 address, and needs brackets"),
        (f"postgresql://ann:{SECRET}@d b/hubbub", "the host is no name or address"),
        (f"postgresql://ann:{SECRET}@[::1/hubbub", "the host is no name or address"),
        (f"postgresql://ann:{SECRET}@db/hub/bub", "in the database's name, write %2F instead of /"),
        (f"postgresql://db/hubbub?password={SECRET}#x", "behind the ?, write %20 instead of a space and %23"),
    ],
)
def test_the_part_that_is_wrong_is_named(url: str, part: str) -> None:
    """So that nobody has to look for it in the whole; and nothing of it is repeated."""
    with pytest.raises(DatabaseUrlError) as caught:
        require_database_url(url)
    sentence = str(caught.value)
    assert sentence.startswith(part)
    assert "expected a URL such as postgresql://user@host:5432/hubbub" in sentence
    assert SECRET not in sentence


@given(st.text("postgresql:/@?#[] 5a%", max_size=20))
def test_any_text_is_a_url_or_refused(text: str) -> None:
    """Something is said of every text that is none, and nothing but `DatabaseUrlError` is raised."""
    for url in (text, f"postgresql://{text}"):
        said = "something"
        try:
            require_database_url(url)
        except DatabaseUrlError as error:
            said = str(error).partition(";")[0]
        assert said


@given(st.text(string.printable, min_size=1, max_size=12))
@example("a@b/c:d?e#f")
def test_any_password_can_be_given_percent_encoded(password: str) -> None:
    """Percent-encoding makes every password fit, and it is hidden all the same."""
    url = f"postgresql://ann:{quote(password, safe='')}@db/hubbub"
    require_database_url(url)
    assert shown_database_url(url) == f"postgresql://ann:{HIDDEN}@db/hubbub"


@given(st.text("ann:/@?#[]5.", max_size=10))
def test_no_reading_of_a_url_shows_what_follows_the_user(middle: str) -> None:
    """However many separators a password has, no part of it is taken for a host, a port or a name."""
    shown = shown_database_url(f"postgresql://ann:{SECRET}{middle}@db/hubbub")
    assert SECRET not in shown
