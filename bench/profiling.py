"""Record where a server spends its time, with py-spy, while it is measured.

py-spy looks from outside, and stops the server for each look unless told not to: here it is told not to, so the figures
of a profiled run are nearly those of any other, and a few samples are torn.
"""

import re
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

SAMPLES_PER_SECOND: Final = 250
"""Enough for a run of two seconds to show what costs a hundredth of it."""

ATTACH_SECONDS: Final = 10.0
"""Longest wait for py-spy's first words: it has found its way into the process then, or failed to."""

WRITE_SECONDS: Final = 30.0
"""Longest wait for py-spy to write its file once the server has ended."""


@contextmanager
def profiled(pid: int, path: Path) -> Iterator[None]:
    """Write a profile of process `pid` to `path`: a flame graph, or a speedscope file if the name ends in `.json`.

    The process has to end within the `with`: that is when py-spy writes.
    """
    form = "speedscope" if path.suffix == ".json" else "flamegraph"
    options = ["--nonblocking", "--threads", "--rate", str(SAMPLES_PER_SECOND), "--format", form, "--output", str(path)]
    beside_python = Path(sys.executable).with_name("py-spy")  # where pip puts it, on the PATH or not
    program = str(beside_python) if beside_python.exists() else "py-spy"
    recorder = subprocess.Popen(
        [program, "record", *options, "--pid", str(pid)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        if recorder.stdout is not None:  # which it is not, being a pipe: the type cannot tell
            select.select([recorder.stdout], [], [], ATTACH_SECONDS)
        yield
        words, _ = recorder.communicate(timeout=WRITE_SECONDS)
        if recorder.returncode:
            complaint = re.search(rb"Error: (.*)", words)
            print(f"py-spy: {(complaint[1] if complaint else words).decode()}", file=sys.stderr)
    finally:
        recorder.kill()
        recorder.wait()
