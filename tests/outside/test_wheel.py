"""The page for browsers comes with the package, wherever that is made: also where there is no node."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.conftest import StartServer

ROOT: Final = Path(__file__).parents[2]

INDEX: Final = "hubbub/static/index.html"

SECONDS: Final = 300
"""How long a build may take on a busy machine, with what it has to fetch. Only a bound."""

SYSTEM: Final = ("/usr/sbin", "/usr/bin", "/sbin", "/bin")
"""Where the programs of a plain machine are."""


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what a commit would hold, and nothing that was built."""
    folder = tmp_path_factory.mktemp("export")
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file() and not name.startswith("tests/"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder of programs in which everything of the system stands, but no node and no npm."""
    folder = tmp_path_factory.mktemp("bin")
    for program in {path.name: path for where in SYSTEM for path in Path(where).glob("*")}.values():
        if program.name not in {"node", "nodejs", "npm", "npx"}:
            (folder / program.name).symlink_to(program)
    return folder


def build(machine: Path, *command: object, cwd: Path) -> None:
    """Run a command of Python's on that machine."""
    # What npm has fetched for this checkout need not be fetched again.
    environment = {**os.environ, "PATH": str(machine), "npm_config_prefer_offline": "true"}
    environment.pop("PYTHONPATH", None)
    done = subprocess.run(
        [sys.executable, "-m", *map(str, command)],
        cwd=cwd,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def only(paths: Iterator[Path]) -> Path:
    """Return the only one of them."""
    (path,) = paths
    return path


def test_a_package_brings_the_page(
    export: Path, machine: Path, tmp_path: Path, start_server: StartServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a checkout, a wheel; an sdist as well, and from that a wheel again, whose server shows all of it."""
    assert shutil.which("node", path=str(machine)) is None
    build(machine, "pip", "wheel", "--no-deps", "--wheel-dir", tmp_path / "first", ".", cwd=export)
    assert assets_of_wheel(only((tmp_path / "first").glob("*.whl")))

    build(machine, "hatchling", "build", "-t", "sdist", "-d", tmp_path / "sdist", cwd=export)
    sdist = only((tmp_path / "sdist").glob("*.tar.gz"))
    with tarfile.open(sdist) as opened:
        assert not [name for name in opened.getnames() if "node_modules" in name]
    shutil.rmtree(export / "src")
    second = ("pip", "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", tmp_path / "second", sdist)
    build(machine, *second, cwd=tmp_path)
    wheel = only((tmp_path / "second").glob("*.whl"))
    assets = assets_of_wheel(wheel)
    assert assets == assets_of_wheel(only((tmp_path / "first").glob("*.whl")))

    build(machine, "pip", "install", "--no-deps", "--target", tmp_path / "installed", wheel, cwd=tmp_path)
    page = tmp_path / "installed" / INDEX
    # So that it cannot be taken for the one of this checkout.
    page.write_bytes(page.read_bytes() + b"<!-- installed -->")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "installed"))
    address = start_server().address()
    for name in ["", "licenses.txt", *assets]:
        with urllib.request.urlopen(f"http://{address.host}:{address.port}/{name}") as answer:
            assert answer.read() == (page.parent / (name or page.name)).read_bytes()


def assets_of_wheel(wheel: Path) -> set[str]:
    """Return the scripts and styles that the page of a wheel names, all of which must be in it."""
    with zipfile.ZipFile(wheel) as opened:
        named = set(re.findall(r'"/(assets/[^"]+\.(?:js|css))"', opened.read(INDEX).decode()))
        assert named <= {name.removeprefix("hubbub/static/") for name in opened.namelist()}
    assert {Path(name).suffix for name in named} == {".js", ".css"}
    return named
