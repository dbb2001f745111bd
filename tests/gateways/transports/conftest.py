"""What tests of transports share."""

from collections.abc import Iterator

import pytest

from hubbub.gateways.transports.ring import Ring
from tests.gateways.transports.rings import some_ring


@pytest.fixture
def ring() -> Iterator[Ring]:
    """Give a ring."""
    with some_ring() as ring:
        yield ring
