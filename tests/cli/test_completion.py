"""`hubbub completion`: the Tab key knows the commands and their options."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HUBBUB = Path(sys.executable).with_name("hubbub")
"""The program as it is installed: its name is what the shell completes."""


def script(shell: str) -> str:
    """Return what is printed for a shell."""
    done = subprocess.run([HUBBUB, "completion", shell], capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_own(shell: str) -> None:
    """It is a script that asks hubbub itself, and nothing else is printed."""
    assert "_HUBBUB_COMPLETE" in script(shell)
    assert f"{shell}_complete" in script(shell)


@pytest.mark.parametrize(("words", "expected"), [("hubbub back", "backup"), ("hubbub doctor --thor", "--thorough")])
def test_bash_completes(words: str, expected: str) -> None:
    """With the script, bash is told what a word that has begun may become."""
    bash = shutil.which("bash")
    assert bash is not None
    ask = f"COMP_WORDS=({words}); COMP_CWORD=1; [ ${{#COMP_WORDS[@]}} = 3 ] && COMP_CWORD=2; _hubbub_completion hubbub"
    show = "printf '%s\\n' \"${COMPREPLY[@]}\""
    environment = {**os.environ, "PATH": f"{HUBBUB.parent}:{os.environ['PATH']}"}
    program = "\n".join([script("bash"), ask, show])
    done = subprocess.run([bash, "-c", program], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.split() == [expected]


def test_other_shells_are_told() -> None:
    """What cannot be completed in is refused with what can."""
    done = subprocess.run([HUBBUB, "completion", "tcsh"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "'bash', 'zsh', 'fish'" in done.stderr
