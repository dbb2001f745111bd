"""Commands are not said, and what may be secret is not kept."""

import pytest

from hubbub.tui.client_commands import is_command, may_hold_secret


@pytest.mark.parametrize(
    ("line", "is_obeyed"),
    [
        ("/me waves", True),
        ("  /msg ann psst", True),
        ("//etc", False),
        (" //etc", False),
        ("and/or", False),
        ("", False),
    ],
)
def test_a_space_makes_no_private_word_public(line: str, is_obeyed: bool) -> None:
    """Nor do two; two slashes are how something is said that begins with one."""
    assert is_command(line) is is_obeyed


@pytest.mark.parametrize(
    ("line", "is_secret"),
    [
        ("/login ann hunter22", True),
        (" /LOGIN ann hunter22", True),
        ("/register hunter22", True),
        ("/claim ABCD", True),
        ("/unregister hunter22", True),
        ("/me registers", False),
        ("  ", False),
    ],
)
def test_what_may_be_secret_is_known(line: str, is_secret: bool) -> None:
    """However it is written."""
    assert may_hold_secret(line) is is_secret
