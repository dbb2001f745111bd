"""Frames: three ways of sending a message's length before it, as three of the seed programs did."""
