"""The shell: a finished page of the host, cut open where a generated page differs from it.

MkDocs spends 6 to 20 ms on a page. It renders one placeholder for every depth of address (links to style sheets and
navigation differ with the depth); every generated page is that page with its slots filled. I/O: none.
"""

import os
import re
from dataclasses import dataclass

from markupsafe import escape

from living_survey.pages.site_page import SitePage
from living_survey.syntax.errors import SurveyError

_RUN = os.urandom(6).hex()
"""So that no title, which stands in the navigation of every page, can be a slot."""
# Lower-case letters and digits survive slugs, filters and minifiers.
_NAMES = ("title", "description", "canonical", "crumbs", "body")
TITLE, DESCRIPTION, CANONICAL, CRUMBS, BODY = (f"surveyslot{name}{_RUN}x" for name in _NAMES)
_SLOT = re.compile(f"({TITLE}|{DESCRIPTION}|{CANONICAL}|{CRUMBS}|{BODY})")
SOURCE = f"---\nsearch:\n  exclude: true\nhide: [navigation, toc]\n---\n# {TITLE}\n"
"""The text of a placeholder."""
NAMES = ("survey-slot-a", "survey-slot-b")
"""File names of a pair of placeholders."""


def placeholder_uris(depth: int) -> tuple[str, str]:
    """Return the two source files whose pages have addresses with ``depth`` parts: ``x/x/survey-slot-a.md``."""
    a, b = ("x/" * (depth - 1) + f"{name}.md" for name in NAMES)
    return a, b


class ShellError(SurveyError):
    """The host's page cannot serve as a shell."""


@dataclass(frozen=True)
class Shell:
    """The pieces of a page around its slots; every second piece names a slot."""

    pieces: tuple[str, ...]

    @classmethod
    def build(cls, html: str, twin: str, *, canonical: bool) -> "Shell":
        """Cut a placeholder's page open.

        Args:
            html: The page as the host renders it, after all its plugins.
            twin: The page of the second placeholder.
            canonical: Whether the page has a canonical address.

        Raises:
            ShellError: If a slot is missing or the two pages differ, which means that some plugin or template writes
                what depends on the page, and a shell cannot carry it.
        """
        pieces = tuple(_SLOT.split(html))
        if pieces != tuple(_SLOT.split(twin)):
            ours, theirs = html.splitlines(), twin.splitlines()
            difference = next((a for a, b in zip(ours, theirs, strict=False) if a != b), "their lengths")
            raise ShellError(f"a theme or plugin writes what depends on the page: {difference.strip()[:200]}")
        wanted = [TITLE, DESCRIPTION, CRUMBS, BODY] + [CANONICAL] * canonical
        if missing := [slot for slot in wanted if slot not in pieces]:
            raise ShellError(f"the theme's page has no place for {', '.join(missing)}")
        if pieces.count(BODY) != 1 or "</head>" not in pieces[0] + "".join(pieces[2::2]):
            raise ShellError("the theme's page has no head, or its body appears twice")
        return cls(_with_head_slot(pieces))

    def fill(self, page: SitePage, site_url: str, crumbs: str) -> str:
        """Return a page's HTML, with the way to it above its title."""
        values = {
            TITLE: str(escape(page.title)),
            DESCRIPTION: str(escape(page.description or page.title)),
            CANONICAL: str(escape(site_url + page.address)),
            CRUMBS: crumbs,
            BODY: page.body,
            "head": page.head,
        }
        return "".join(values[piece] if index % 2 else piece for index, piece in enumerate(self.pieces))


def _with_head_slot(pieces: tuple[str, ...]) -> tuple[str, ...]:
    """Add a slot at the end of the head."""
    for index in range(0, len(pieces), 2):
        before, end, after = pieces[index].partition("</head>")
        if end:
            return (*pieces[:index], before, "head", end + after, *pieces[index + 1 :])
    return pieces


def add_to_head(html: str, head: str) -> str:
    """Put elements at the end of a page's head."""
    return html.replace("</head>", f"{head}</head>", 1) if head else html
