"""What is wrong with a picture's file."""


class BrokenPicture(ValueError):  # noqa: N818 - named by what is wrong
    """It is no picture of its kind, or not whole."""


def require(data: bytes, begin: int, length: int) -> bytes:
    """Return a part of a file that has to be there. Raises `BrokenPicture`."""
    part = data[begin : begin + length]
    if len(part) < length:
        raise BrokenPicture(f"it ends at {len(data)}, in the middle of something")
    return part
