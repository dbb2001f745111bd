"""Memory: large blocks are given back, whatever was freed before."""

import ctypes
import subprocess
import sys

import pytest

FREED = """
from hubbub.server.memory import keep_large_blocks_apart
keep_large_blocks_apart()

def heap_bytes():
    with open("/proc/self/maps") as maps:
        (line,) = [line for line in maps if line.rstrip().endswith("[heap]")]
    start, end = line.split()[0].split("-")
    return int(end, 16) - int(start, 16)

for _ in range(3):
    bytes(300_000)
before = heap_bytes()
# As large as uvloop makes a buffer for each connection over TLS.
blocks = [bytes(262_144) for _ in range(100)]
print(heap_bytes() - before < 26_214_400 // 2)
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallopt"), reason="this C library has no such setting")
def test_large_blocks_stay_out_of_the_heap() -> None:
    """Freeing one does not teach the C library to take the next ones from the heap; without it, a hundred would be."""
    answer = subprocess.run([sys.executable, "-c", FREED], capture_output=True, text=True, check=True)
    assert answer.stdout == "True\n"
