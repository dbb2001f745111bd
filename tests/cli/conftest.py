"""The command line is tested as if nothing were set in the environment."""

import os

import pytest

from hubbub.server.settings_catalog import ENVIRONMENT_PREFIX


@pytest.fixture(autouse=True)
def _no_settings_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget what whoever runs the tests has set for a server of their own."""
    for name in [name for name in os.environ if name.startswith(ENVIRONMENT_PREFIX)]:
        monkeypatch.delenv(name)
