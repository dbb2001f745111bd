"""How many examples the properties try: few beside every change, as many as the machine bears for `make fuzz`."""

import os
from typing import Final

from hypothesis import HealthCheck, settings

EXAMPLES_VARIABLE: Final = "HUBBUB_FUZZ_EXAMPLES"
"""Environment variable with the number of examples for every property in this folder."""

DEFAULT_EXAMPLES: Final = 300

QUICK: Final = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For the properties that run with the other tests of their module; no test depends on speed."""

LONG: Final = settings(QUICK, max_examples=int(os.environ.get(EXAMPLES_VARIABLE, DEFAULT_EXAMPLES)))
"""For the properties in this folder."""
