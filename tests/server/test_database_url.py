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
