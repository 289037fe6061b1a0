"""What the preview shows while something is wrong: a bar over the last good site, or a page with the problems alone.

MkDocs ends when the first build of ``mkdocs serve`` fails, and lets browsers hang when a later one does. Nothing here
imports it. I/O: prints; `wait_for_change` serves one page and looks at files until one of them changes.
"""

import contextlib
import hashlib
import http.server
import logging
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import click
from markupsafe import Markup, escape

from living_survey.loading.settings import load_settings
from living_survey.syntax.problems import Problem, ProblemsError, summary

log = logging.getLogger("mkdocs.plugins.survey")

_SHOWN = 20
"""Problems that are shown; the terminal has all of them."""
_PAUSE = 0.3
"""Seconds between two looks at the files; with very many files as long as three looks take."""
_LOOK = Markup("background:#b3261e;color:#fff;font:15px/1.5 system-ui,sans-serif")

StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]


def to_html(problems: Sequence[Problem]) -> Markup:
    """Render for the preview: place, message and remedy of each problem."""
    items = [
        Markup("<li style='margin:.4em 0'><code style='{}'>{}</code>: {}{}</li>").format(
            "color:inherit;background:none;font-weight:bold;overflow-wrap:anywhere", one.place, one.message,
            Markup("<br>→ {}").format(one.hint) if one.hint else "",
        )
        for one in problems[:_SHOWN]
    ]  # fmt: skip
    if len(problems) > _SHOWN:
        items.append(Markup("<li>… {} more: the terminal lists all</li>").format(len(problems) - _SHOWN))
    return Markup("<ul style='margin:.3em 0;padding-left:1.2em'>") + Markup("").join(items) + Markup("</ul>")


def bar(problems: Sequence[Problem]) -> Markup:
    """Return the bar that stands on top of the last good site."""
    return Markup(
        '<div role="alert" id="survey-problems" style="{};padding:.6em 1em;position:relative;z-index:9;'
        'max-height:50vh;overflow:auto"><strong>{}. You see the last good site.</strong>{}</div>'
    ).format(_LOOK, summary(problems), to_html(problems))


def problem_page(problems: Sequence[Problem]) -> str:
    """Return a page with the problems alone; it loads itself again once the preview has something else to show."""
    body = Markup("<h1 style='font-size:1.4em'>{}: there is no site to show yet</h1>{}").format(
        summary(problems), to_html(problems)
    )
    mark = hashlib.sha256(str(body).encode()).hexdigest()[:16]
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{escape(summary(problems))}</title></head>
<body style="{_LOOK};margin:0;padding:1em 1.5em" data-survey-problems="{mark}">
<div role="alert">{body}</div>
<p>This page shows the site as soon as they are corrected.</p>
<script>
setInterval(async () => {{
  try {{
    const answer = await fetch(location.href, {{ cache: "no-store" }})
    if (!(await answer.text()).includes('data-survey-problems="{mark}"')) location.reload()
  }} catch {{}} // the preview is starting again
}}, 700)
</script>
</body></html>
"""


def with_bar(serve: Application, problems: Callable[[], Sequence[Problem]]) -> Application:
    """Wrap a WSGI application: while there are problems, every page of HTML starts with the bar."""

    def application(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        found = problems()
        if not found:
            return serve(environ, start_response)
        head: list[Any] = []
        answer = serve(environ, lambda *arguments: head.extend(arguments))
        status, headers, *rest = head
        if not any(name.lower() == "content-type" and value.startswith("text/html") for name, value in headers):
            start_response(status, headers, *rest)
            return answer
        page = b"".join(answer)
        if close := getattr(answer, "close", None):
            close()
        before, tag, after = page.partition(b"<body")
        attributes, end, inner = after.partition(b">")
        if end:
            page = before + tag + attributes + end + str(bar(found)).encode() + inner
        kept = [(name, value) for name, value in headers if name.lower() != "content-length"]
        start_response(status, [*kept, ("Content-Length", str(len(page)))], *rest)
        return [page]

    return application


def wait_for_change(address: tuple[str, int], problems: Sequence[Problem], changed: Callable[[], bool]) -> None:
    """Serve the page with the problems at all addresses until a file changes.

    Args:
        address: Host and port at which the preview is served.
        problems: What is wrong.
        changed: Looks at the files.

    Raises:
        OSError: If nothing can be served there.
    """
    page = problem_page(problems).encode()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (http.server's name)
            """Say nothing: the terminal is for the problems."""

    with http.server.ThreadingHTTPServer(address, Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        thread.start()
        try:
            pause = _PAUSE
            while True:
                time.sleep(pause)
                start = time.monotonic()
                if changed():
                    return
                pause = max(_PAUSE, 3 * (time.monotonic() - start))
        finally:
            server.shutdown()
            thread.join()


class Watch:
    """Notices when files of a survey change: its settings and what else lies beside them, its papers and its pages."""

    def __init__(self, config_file: Path, folders: Iterable[Path] = ()) -> None:
        """Look at the files as they are now."""
        self._root = config_file.absolute().parent
        self._folders = {self._root / "papers", self._root / "docs", *folders}
        with contextlib.suppress(ProblemsError):
            settings = load_settings(config_file)
            self._folders |= {settings.papers_dir, settings.docs_dir}
        self._before = set(self._states())

    def changed(self) -> bool:
        """Say whether anything is other than it was."""
        return set(self._states()) != self._before

    def _states(self) -> Iterator[tuple[str, int, int]]:
        files = [file for file in self._root.iterdir() if file.suffix in (".yml", ".yaml", ".cff", ".py")]
        for path in (*files, *self._folders):
            for file in [path] if path.is_file() else path.rglob("*"):
                with contextlib.suppress(OSError):  # gone since, or a link to nothing
                    status = file.stat()
                    yield str(file), status.st_mtime_ns, status.st_size


def from_text(text: str, path: str) -> list[Problem]:
    """Return the problems that another program reported, a line each."""
    lines = (line.strip() for line in text.splitlines())
    return [Problem(path, 0, 0, line) for line in islice(filter(None, lines), _SHOWN)]


class _Server(Protocol):
    """The host's server, as far as it matters here."""

    builder: Callable[[], None]

    def serve_request(self, environ: Any, start_response: Any, /) -> Iterable[bytes]:
        """Answer a request."""

    def set_app(self, application: Application) -> None:
        """Take the application that answers."""


class _Errors(logging.Handler):
    """Keeps what the host reports as errors: mistakes in its own settings come with no exception that names them."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


class Preview:
    """``mkdocs serve`` while something is wrong.

    Attributes:
        runs: Whether this is ``mkdocs serve``.
        serves: Whether there has been a good build.
        found: The problems for which the last build was refused.
    """

    def __init__(self) -> None:
        """Start as a plain build."""
        self.runs = self.serves = False
        self.found: list[Problem] = []
        self._shown: list[Problem] = []
        self._config_file = Path("mkdocs.yml")
        self._address = ("127.0.0.1", 8000)
        self._watch: Watch | None = None

    def prepare(self, config_file: Path, address: tuple[str, int], folders: Iterable[str]) -> None:
        """Take over what the host knows before it builds.

        Args:
            config_file: The file of its settings.
            address: Host and port at which it serves.
            folders: Where files of the survey lie.
        """
        self._config_file, self._address = config_file, (address[0], address[1])
        if self.runs and not self.serves:
            # Now, because what is corrected while a build fails must not wait for the next correction.
            self._watch = Watch(config_file, map(Path, folders))

    def show_alone(self, error: BaseException) -> None:
        """Serve the problems alone until a file changes."""
        watch = self._watch or Watch(self._config_file)
        show_until_changed(self._problems(error, []), self._address, watch)

    def serve(self, server: _Server) -> None:
        """Make a server go on with the last good site, under a bar, when a build fails."""
        self.serves = True
        build = server.builder

        def build_or_show() -> None:
            self.found = []
            errors = _Errors()
            logging.getLogger("mkdocs").addHandler(errors)
            try:
                build()
            except (Exception, SystemExit) as error:  # noqa: BLE001  (whatever it is, the preview goes on)
                self._shown = self._problems(error, errors.lines)
            else:
                self._shown = []
            finally:
                logging.getLogger("mkdocs").removeHandler(errors)

        server.builder = build_or_show
        server.set_app(with_bar(server.serve_request, lambda: self._shown))

    def _problems(self, error: BaseException, lines: Sequence[str]) -> list[Problem]:
        """Report what ended a build, and return it as problems."""
        told = isinstance(error, (SystemExit, click.ClickException))
        if told:
            click.echo(str(error), err=True)
        else:
            log.error("The build failed", exc_info=error)
        if self.found:
            return self.found
        file = self._config_file
        try:
            load_settings(file)
        except ProblemsError as found:
            return found.problems
        if lines or told:
            return from_text("\n".join(lines) or str(error), file.name)
        frames = traceback.extract_tb(error.__traceback__)
        inside = [frame for frame in frames if Path(frame.filename).is_relative_to(file.parent)]
        if not frames:
            return [Problem(file.name, 0, 0, f"{type(error).__name__}: {error}")]
        last = (inside or frames)[-1]
        place = Path(last.filename)
        name = place.relative_to(file.parent).as_posix() if inside else place.name
        return [Problem(name, last.lineno or 0, 1, f"{type(error).__name__}: {error}")]


def show_until_changed(problems: Sequence[Problem], address: tuple[str, int], watch: Watch) -> None:
    """Serve the problems alone until a file of the survey changes."""
    click.echo(f"http://{address[0]}:{address[1]}/ shows this until it is corrected; Ctrl+C ends.", err=True)
    wait_for_change(address, problems, watch.changed)


def start_again() -> None:
    """Start the running command anew: what it has read of its settings may be what has changed."""
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606  (the very command that runs)
