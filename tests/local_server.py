"""Servers on free ports of this machine's loopback, that end when the test that started them does."""

import functools
import http.server
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

POLL = 0.01
"""Seconds between two looks at whether a server is to end; the usual half a second adds up over some hundred tests."""


class QuietHandler(http.server.BaseHTTPRequestHandler):
    """Logs nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _QuietFiles(QuietHandler, http.server.SimpleHTTPRequestHandler):
    """Serves files and logs nothing."""


class _Server(http.server.ThreadingHTTPServer):
    """Says nothing of those who have heard enough and hang up."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Print what went wrong in a handler."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class LocalServer:
    """A server that answers inside a ``with`` block.

    Attributes:
        url: Its address, without a slash at the end.
    """

    def __init__(self, handler: Callable[..., Any]) -> None:
        self._server = _Server(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(POLL,))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        """Start to serve."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder; give its address."""
    with LocalServer(functools.partial(_QuietFiles, directory=str(folder))) as server:
        yield f"{server.url}/"
