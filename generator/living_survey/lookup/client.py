"""Ask a web service politely: say who asks, wait between questions, give up in time, keep answers for a week.

I/O: the network; a cache folder of the user's.
"""

import hashlib
import http.client
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from living_survey.disk.files import write_file
from living_survey.syntax.errors import SurveyError
from living_survey.syntax.strange_json import read_json

MAX_BYTES = 5_000_000
TRIES = 3
WEEK = 7 * 24 * 3600


class ServiceError(SurveyError):
    """A service gave no usable answer: which one, and what to do."""


class NotKnownError(ServiceError):
    """The service answered that it does not know the paper."""


def is_web_address(text: str) -> bool:
    """Return whether a text is an address on the web that can be asked."""
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"[^!-~]", text)
    except ValueError:
        return False


class _WebOnly(urllib.request.HTTPRedirectHandler):
    """Follows redirects to web addresses only; urllib would follow one to ``ftp:`` too."""

    def redirect_request(  # noqa: PLR0917  (urllib's signature)
        self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> Any:
        if not is_web_address(newurl):
            raise ServiceError(
                f"{urlsplit(req.full_url).hostname} redirects to {newurl[:80]}, which is not a web address"
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


@dataclass(slots=True)
class Client:
    """Asks services.

    Attributes:
        agent: Who asks: name of the program, address of the survey.
        cache: Folder for answers; none keeps nothing.
        timeout: Seconds for one answer.
        pauses: Seconds between two questions to a service, by its name.
        keys: Service → the user's key for it; those that want one and have none here are not asked.
        sleep: Waits; tests replace it to see how long.
    """

    agent: str
    cache: Path | None = None
    timeout: float = 20.0
    pauses: dict[str, float] = field(default_factory=lambda: {"arXiv": 3.0, "Semantic Scholar": 1.0})
    keys: Mapping[str, str] = field(default_factory=dict)
    sleep: Callable[[float], None] = time.sleep
    _last: dict[str, float] = field(default_factory=dict)

    def get(
        self,
        service: str,
        url: str,
        accept: str,
        *,
        secret_query: Mapping[str, str] | None = None,
        secret_headers: Mapping[str, str] | None = None,
    ) -> bytes:
        """Return the body of an answer.

        Args:
            service: Its name, for messages.
            url: What to ask.
            accept: The media type that is wanted.
            secret_query: What the address gets besides: never in a message, in the cache, or in a name there.
            secret_headers: The same in headers; they do not go where the service redirects to.

        Raises:
            NotKnownError: If the service says that there is no such thing.
            ServiceError: If it cannot be reached, refuses, or answers with something else.
        """
        if not is_web_address(url):
            raise ServiceError(f"{url[:120]} is not a web address")
        kept = self._kept(url)
        if kept and (body := _read_kept(kept)) is not None:
            return body
        if secret_query:
            url = f"{url}{'&' if '?' in url else '?'}{urlencode(secret_query)}"
        body = self._ask(service, url, accept, secret_headers or {})
        if kept:
            with suppress(OSError):  # a full disk, a folder of somebody else's: an answer that is not kept is an answer
                kept.parent.mkdir(parents=True, exist_ok=True)
                write_file(kept, body)
        return body

    def json(self, service: str, url: str, **secrets: Mapping[str, str]) -> Any:
        """Return an answer in JSON; takes and raises what `get` does."""
        body = self.get(service, url, "application/json", **secrets)
        try:
            return read_json(body)
        except ValueError:
            self.forget(url)
            raise ServiceError(f"{service} did not answer with JSON: try again later") from None

    def forget(self, url: str) -> None:
        """Drop a kept answer that turned out to be garbled."""
        if kept := self._kept(url):
            with suppress(OSError):  # it was not kept
                kept.unlink()

    def _kept(self, url: str) -> Path | None:
        return self.cache / hashlib.sha256(url.encode()).hexdigest() if self.cache else None

    def _ask(self, service: str, url: str, accept: str, secret_headers: Mapping[str, str]) -> bytes:
        opener = urllib.request.build_opener(_WebOnly)
        for attempt in range(1, TRIES + 1):
            self._wait(service)
            request = urllib.request.Request(url, headers={"User-Agent": self.agent, "Accept": accept})  # noqa: S310
            for name, value in secret_headers.items():
                request.add_unredirected_header(name, value)
            try:
                with opener.open(request, timeout=self.timeout) as answer:
                    return self._read(service, answer)
            except urllib.error.HTTPError as error:
                if error.code in (404, 410):
                    raise NotKnownError(f"{service} has no such record (404)") from None
                if error.code not in (429, 500, 502, 503, 504) or attempt == TRIES:
                    words = "is rate-limiting requests" if error.code == 429 else "refused the request"
                    raise ServiceError(f"{service} {words} ({error.code}): try again later") from None
                self.sleep(_pause(error.headers.get("Retry-After"), attempt))
            except (OSError, http.client.HTTPException) as error:  # URLError and TimeoutError are OSErrors
                reason = getattr(error, "reason", error)
                slow = isinstance(reason, TimeoutError) or isinstance(error, TimeoutError)
                if attempt == TRIES:
                    words = f"did not answer within {self.timeout:.0f} s" if slow else f"cannot be reached ({reason})"
                    raise ServiceError(f"{service} {words}: check your connection, or try again later") from None
                self.sleep(2.0**attempt)
        raise ServiceError(f"{service} gave no answer")

    def _read(self, service: str, answer: http.client.HTTPResponse) -> bytes:
        """Return the body of an answer that comes in time, and in bounds: a socket's own limit is for each packet."""
        deadline, parts, size = time.monotonic() + self.timeout, [], 0
        while part := answer.read1(65536):
            parts.append(part)
            size += len(part)
            if size > MAX_BYTES:
                raise ServiceError(f"{service} answered with more than {MAX_BYTES:,} bytes: too large to read")
            if time.monotonic() > deadline:
                raise TimeoutError
        return b"".join(parts)

    def _wait(self, service: str) -> None:
        """Leave the pause between two questions that the service asks for."""
        pause, last = self.pauses.get(service, 0.0), self._last.get(service)
        if last is not None and (left := pause - (time.monotonic() - last)) > 0:
            self.sleep(left)
        self._last[service] = time.monotonic()


def _read_kept(file: Path) -> bytes | None:
    """Return an answer that was kept, unless it is too old or cannot be read."""
    try:
        return file.read_bytes() if time.time() - file.stat().st_mtime < WEEK else None
    except OSError:
        return None


def _pause(retry_after: str | None, attempt: int) -> float:
    """Return how long to wait before asking again: what the service says, at most half a minute."""
    if retry_after and retry_after.isdecimal():
        return min(float(retry_after), 30.0)
    return 2.0**attempt
