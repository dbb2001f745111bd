"""Narrow screens: at 320 px, and at 200 % of 1280 px, nothing scrolls sideways and nothing is cut.

WCAG 2.2, 1.4.4 and 1.4.10.
"""

from collections.abc import Mapping
from typing import Final

import pytest
from playwright.sync_api import ViewportSize

from tests.browser.screens import EVERY_SCREEN, Screen, Visitor, Who

SIZES: Final[dict[str, ViewportSize]] = {
    "320 px": {"width": 320, "height": 568},
    "200 %": {"width": 640, "height": 400},
}

FIND_TROUBLE: Final = """() => {
  const wide = document.scrollingElement.scrollWidth - innerWidth;
  const trouble = wide > 0 ? [`the page scrolls sideways by ${wide} px`] : [];
  const name = (element) => {
    const text = (element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 40);
    return `<${element.tagName.toLowerCase()} class="${element.getAttribute("class") ?? ""}"> ${text}`;
  };
  const clips = (element) => getComputedStyle(element).overflowX !== "visible";
  // Only for those who hear the page, or shown when it has the focus.
  const isUnseen = (element) =>
    element.closest("[aria-hidden]") !== null || getComputedStyle(element).clipPath !== "none" ||
    (element.parentElement !== null && isUnseen(element.parentElement));
  for (const element of document.body.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0 || !element.checkVisibility() || isUnseen(element)) continue;
    let parent = element.parentElement;
    while (parent !== null && parent !== document.body && !clips(parent)) parent = parent.parentElement;
    const isClipped = parent !== null && parent !== document.body;
    if (!isClipped && (box.right > innerWidth + 1 || box.left < -1)) trouble.push(`beyond the edge: ${name(element)}`);
    const style = getComputedStyle(element);
    const hides = (overflow) => overflow === "hidden" || overflow === "clip";
    const isReplaced = ["INPUT", "TEXTAREA", "IMG", "VIDEO", "svg"].includes(element.tagName);
    if (isReplaced) continue;
    if (hides(style.overflowX) && style.textOverflow !== "ellipsis" && element.scrollWidth > element.clientWidth + 1)
      trouble.push(`cut at its side: ${name(element)}`);
    const isClamped = style.webkitLineClamp !== "none";
    if (hides(style.overflowY) && !isClamped && style.textOverflow !== "ellipsis" &&
        element.scrollHeight > element.clientHeight + 1)
      trouble.push(`cut below: ${name(element)}`);
  }
  return trouble;
}"""
"""What is beyond an edge, or hidden by one without a sign such as an ellipsis."""


@pytest.mark.parametrize("screen", EVERY_SCREEN, ids=str)
def test_nothing_is_cut(screen: Screen, visitors: Mapping[Who, Visitor]) -> None:
    """Everything is there, one below the other."""
    visitor = visitors[screen.who]
    for name, size in SIZES.items():
        visitor.page.set_viewport_size(size)
        trouble = visitor.look(screen).evaluate(FIND_TROUBLE)
        assert not trouble, "\n".join([name, *trouble])
