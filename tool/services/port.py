"""Is a port free, and does a server answer on it."""

import socket
import urllib.error
import urllib.request

from settings import HOST


def is_free(number):
    with socket.socket() as probe:
        # As servers do: an address whose last connection has just ended is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, number))
        except OSError:
            return False
    return True


def answers(url, accept=lambda body: True):
    """Whether the address answers with 200 and a body that is as it should be."""
    try:
        # Not through a proxy that the environment may name.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(url, timeout=5) as answer:
            return accept(answer.read())
    except (OSError, ValueError):
        return False
