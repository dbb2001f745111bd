"""Passwords that cost next to nothing, for tests of what is done with them."""

from typing import Final

from hubbub.service.passwords import Cost

CHEAP: Final = Cost(memory_kib=8, passes=1, lanes=1, scram_iterations=1)
"""The least that argon2 does; a hash takes a tenth of a millisecond."""
