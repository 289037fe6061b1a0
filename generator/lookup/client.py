"""Ask a web service politely: say who asks, wait between questions, give up in time, keep answers for a week.

I/O: the network; a cache folder of the user's.
"""

import hashlib
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

MAX_BYTES = 5_000_000
TRIES = 3
WEEK = 7 * 24 * 3600


class ServiceError(Exception):
    """A service gave no usable answer: which one, and what to do."""


class NotKnownError(ServiceError):
    """The service answered that it does not know the paper."""


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows redirects to web addresses only; urllib would follow one to ``ftp:`` too."""

    def redirect_request(  # noqa: PLR0917  (urllib's signature)
        self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> Any:
        if urlsplit(newurl).scheme not in ("http", "https"):
            raise ServiceError(f"{urlsplit(req.full_url).hostname} sends us to {newurl[:80]}, which is no web address")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


@dataclass(slots=True)
class Client:
    """Asks services.

    Attributes:
        agent: Who asks: name of the program, address of the survey.
        cache: Folder for answers; none keeps nothing.
        timeout: Seconds for one answer.
        pauses: Seconds between two questions to a service, by its name.
        sleep: Waits; tests replace it to see how long.
    """

    agent: str
    cache: Path | None = None
    timeout: float = 20.0
    pauses: dict[str, float] = field(default_factory=lambda: {"arXiv": 3.0})
    sleep: Callable[[float], None] = time.sleep
    _last: dict[str, float] = field(default_factory=dict)

    def get(self, service: str, url: str, accept: str) -> bytes:
        """Return the body of an answer.

        Args:
            service: Its name, for messages.
            url: What to ask.
            accept: The media type that is wanted.

        Raises:
            NotKnownError: If the service says that there is no such thing.
            ServiceError: If it cannot be reached, refuses, or answers with something else.
        """
        kept = self._kept(url)
        if kept and kept.is_file() and time.time() - kept.stat().st_mtime < WEEK:
            return kept.read_bytes()
        body = self._ask(service, url, accept)
        if kept:
            kept.parent.mkdir(parents=True, exist_ok=True)
            temporary = kept.with_suffix(".new")
            temporary.write_bytes(body)
            temporary.replace(kept)
        return body

    def json(self, service: str, url: str) -> Any:
        """Return an answer in JSON; raises as `get` does."""
        body = self.get(service, url, "application/json")
        try:
            return json.loads(body)
        except (ValueError, RecursionError):
            self.forget(url)
            raise ServiceError(f"{service} answered with something that is not JSON: try again later") from None

    def forget(self, url: str) -> None:
        """Drop a kept answer that turned out to be garbled."""
        if kept := self._kept(url):
            kept.unlink(missing_ok=True)

    def _kept(self, url: str) -> Path | None:
        return self.cache / hashlib.sha256(url.encode()).hexdigest() if self.cache else None

    def _ask(self, service: str, url: str, accept: str) -> bytes:
        opener = urllib.request.build_opener(_SameHost)
        for attempt in range(1, TRIES + 1):
            self._wait(service)
            request = urllib.request.Request(url, headers={"User-Agent": self.agent, "Accept": accept})  # noqa: S310
            try:
                with opener.open(request, timeout=self.timeout) as answer:
                    body: bytes = answer.read(MAX_BYTES + 1)
                if len(body) > MAX_BYTES:
                    raise ServiceError(f"{service} answered with more than {MAX_BYTES:,} bytes: not read")
                return body
            except urllib.error.HTTPError as error:
                if error.code in (404, 410):
                    raise NotKnownError(f"{service} does not know it (404)") from None
                if error.code not in (429, 500, 502, 503, 504) or attempt == TRIES:
                    words = "asks for fewer questions" if error.code == 429 else "refuses"
                    raise ServiceError(f"{service} {words} ({error.code}): try again later") from None
                self.sleep(_pause(error.headers.get("Retry-After"), attempt))
            except (TimeoutError, urllib.error.URLError, OSError) as error:
                reason = getattr(error, "reason", error)
                slow = isinstance(reason, TimeoutError) or isinstance(error, TimeoutError)
                if attempt == TRIES:
                    words = f"did not answer within {self.timeout:.0f} s" if slow else f"cannot be reached ({reason})"
                    raise ServiceError(f"{service} {words}: are you online? try again later") from None
                self.sleep(2.0**attempt)
        raise ServiceError(f"{service} gave no answer")

    def _wait(self, service: str) -> None:
        """Leave the pause between two questions that the service asks for."""
        pause, last = self.pauses.get(service, 0.0), self._last.get(service)
        if last is not None and (left := pause - (time.monotonic() - last)) > 0:
            self.sleep(left)
        self._last[service] = time.monotonic()


def _pause(retry_after: str | None, attempt: int) -> float:
    """Return how long to wait before asking again: what the service says, at most half a minute."""
    if retry_after and retry_after.isdecimal():
        return min(float(retry_after), 30.0)
    return 2.0**attempt
