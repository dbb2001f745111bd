"""How Chromium is started, by benches, by tests and by whatever else looks at pages."""

from typing import Final

CHROMIUM: Final = "/usr/bin/chromium"

_OFF_FOR_PLAYWRIGHT: Final = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"),
    *("ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints"),
    *("NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"),
)
"""What Playwright turns off by itself (its `chromiumSwitches.ts`): of two such lists Chromium knows only the last."""

_OFF: Final = (
    # Each new window has its address bar's own pages loaded: 0.7 s of CPU, beside whatever is tested or measured.
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
)

FLAGS: Final = (
    # As root, as in a container, Chromium refuses its own sandbox.
    *("--no-sandbox", "--disable-gpu", "--no-first-run"),
    # It asks its maker for things that nobody needs here.
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--disable-features=" + ",".join((*_OFF_FOR_PLAYWRIGHT, *_OFF)),
)
