"""How Chromium is started, by tests and by whatever else looks at pages."""

from typing import Final

CHROMIUM: Final = "/usr/bin/chromium"

FLAGS: Final = (
    # As root, as in a container, Chromium refuses its own sandbox.
    *("--no-sandbox", "--disable-gpu", "--no-first-run"),
    # It asks its maker for things that no test needs.
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
