"""Timestamps."""

from datetime import UTC, datetime


def format_time(time_ms: int) -> str:
    """Format."""
    return datetime.fromtimestamp(time_ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{time_ms % 1000:03}Z"
