"""Levels: how much of a room somebody wants to be told of, which is nobody's business but his."""

from typing import Literal

Level = Literal["default", "all", "mentions", "nothing"]
"""Of what one is told: of everything, of what calls one, or of nothing. A client shows a room at `nothing` as muted.

`default` is what nobody has to choose: of everything in conversations and groups, in other rooms of what calls one.
"""
