"""Every screen, in both themes, passes axe: https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

import pytest
from playwright.sync_api import Page

from tests.browser.screens import EVERY_SCREEN, Screen, Visitor, Who, words_of, words_shown

AXE: Final = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"

THEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")


@pytest.fixture(scope="module", autouse=True)
def axe(visitors: Mapping[Who, Visitor]) -> None:
    """Bring axe to every page, as no page could itself: its policy forbids scripts of others."""
    for visitor in visitors.values():
        visitor.page.add_init_script(path=AXE)


def test_every_screen_is_looked_at() -> None:
    """The table leaves nothing out, and lists nothing that is no longer there."""
    assert words_of("panes") == words_shown(EVERY_SCREEN, "side")
    assert words_of("dialogs") == words_shown(EVERY_SCREEN, "dialog")


@pytest.mark.parametrize("screen", EVERY_SCREEN, ids=str)
def test_axe_finds_nothing(screen: Screen, visitors: Mapping[Who, Visitor]) -> None:
    """No violation of WCAG, nor of what axe thinks best, by light and in the dark."""
    page = visitors[screen.who].look(screen)
    for theme in THEMES:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        found = violations(page)
        assert not found, "\n".join([theme, *found])


def violations(page: Page) -> list[str]:
    """Return what axe has to say: which rule, and which elements are meant and why."""
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{one['id']}: {node['target']}: {node['failureSummary']}" for one in found for node in one["nodes"]]
