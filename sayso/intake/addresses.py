"""Which addresses of the network may be asked: public ones, and what the operator names."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable

import httpcore

from sayso.errors import InputRefused

PRIVATE_REMEDY = "allow the host by name with SAYSO_ALLOW_HOSTS if it is yours"


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet; mapped and translated IPv4 counts by what it stands for."""
    try:
        ip = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to public addresses only.

    The name is looked up here, every address that it has is judged, and the connection goes to an address that was
    judged: a name that changes its address between check and connection gains nothing (DNS rebinding).

    Args:
        allowed: host names that may be private.
    """

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        self._allowed = frozenset(name.casefold() for name in allowed)
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connects to *host*.

        Raises:
            InputRefused: the host, or one of its addresses, is private.
            httpcore.ConnectError: it has no address or does not answer.
        """
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError) as error:
            raise httpcore.ConnectError(f"host {host} is not known") from error
        addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
        if host.casefold() not in self._allowed and not all(is_public(one) for one in addresses):
            raise InputRefused("leads to a private address", where=host, remedy=PRIVATE_REMEDY)
        last: Exception | None = None
        for address in addresses[:4]:
            try:
                return self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last or httpcore.ConnectError(f"host {host} has no address")

    def sleep(self, seconds: float) -> None:
        """As httpcore's own."""
        self._inner.sleep(seconds)
