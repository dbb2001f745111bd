"""A server that has a newer page than the one that somebody has open."""

import re
import shutil
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import expect

import hubbub
from tests.browser.conftest import Visit
from tests.browser.test_offline import forgive
from tests.harness.server import Server

PACKAGE: Final = Path(hubbub.__file__).absolute().parent


def build_newer(folder: Path) -> Path:
    """Lay out the same package with another build of the page; return where it is imported from."""
    package = folder / "hubbub"
    package.mkdir(parents=True)
    for part in PACKAGE.iterdir():
        if part.name != "static":
            (package / part.name).symlink_to(part)
    static = package / "static"
    shutil.copytree(PACKAGE / "static", static)
    page = static / "index.html"
    page.write_text(page.read_text().replace("</head>", '<meta name="build" content="newer"></head>'))
    worker = static / "sw.js"
    text, found = re.subn(r"(hubbub-shell-)", r"\1newer-", worker.read_text())
    assert found, "the worker's builds are called otherwise now"
    worker.write_text(text)
    for changed in (page, worker):
        for copy in static.glob(f"{changed.name}.*"):
            copy.unlink()
    return folder


def test_a_newer_page_waits_until_it_is_wanted(
    visit: Visit, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is fetched beside the old one, which goes on until one wants it; what was begun is there then."""
    ann = visit("ann")
    ann.page.wait_for_function("() => navigator.serviceWorker.ready.then((it) => it.active.state === 'activated')")
    ann.composer.fill("half a sentence")
    assert server.stop() == 0
    monkeypatch.setenv("PYTHONPATH", str(build_newer(tmp_path / "newer")))
    server.start()
    ann.page.reload()
    notice = ann.page.get_by_role("status").filter(has_text="A new version is here.")
    notice.get_by_role("button", name="Close").click()
    expect(notice).to_have_count(0)
    ann.page.reload()
    expect(notice).to_be_visible()
    forgive(ann)
    expect(ann.page.locator("meta[name=build]")).to_have_count(0)
    expect(ann.composer).to_have_value("half a sentence")
    ann.page.get_by_role("button", name="Reload").click()
    expect(ann.page.locator("meta[name=build]")).to_have_count(1)
    expect(ann.composer).to_have_value("half a sentence")
    expect(ann.page.get_by_text("A new version is here.")).to_have_count(0)
