"""The page for browsers, measured in a real Chromium: `python -m bench.web`."""
