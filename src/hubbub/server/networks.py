"""Networks that an operator allows."""

from ipaddress import IPv4Network, IPv6Network, ip_network

Network = IPv4Network | IPv6Network


class NetworkError(ValueError):
    """A text is no network; its message says what would be right."""


def parse_networks(texts: tuple[str, ...]) -> tuple[Network, ...]:
    """Read addresses and networks. Raises `NetworkError`."""
    return tuple(map(_parse, texts))


def require_networks(texts: tuple[str, ...]) -> None:
    """Raise `NetworkError`, naming the text, unless each one is an address or a network."""
    parse_networks(texts)


def _parse(text: str) -> Network:
    try:
        return ip_network(text)
    except ValueError:
        raise NetworkError(
            f'in "{text}", expected an address such as 10.1.2.3, or a network such as 10.0.0.0/8 or fd00::/8'
        ) from None
