"""Front matter: what stands before the text of a page in Markdown, between two lines of hyphens. I/O: none."""

import re
from dataclasses import dataclass

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?\r?\n)??(?:---|\.{3})[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_OPENED = re.compile(r"\A---[ \t]*\r?\n[A-Za-z_][\w-]*:(?:\s|$)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Where a page's front matter stands.

    Attributes:
        text: Its YAML, without the lines of hyphens; empty where there is none.
        start: Where in the page that begins.
        end: Where in the page its text begins; 0 where there is no front matter.
    """

    text: str = ""
    start: int = 0
    end: int = 0


def front_matter_of(page: str) -> FrontMatter | None:
    """Return the front matter of a page; none where it begins and never ends.

    A line of hyphens at the start of a page that no field follows is a rule, not front matter.
    """
    if found := _FRONT_MATTER.match(page):
        start = found.start(1) if found[1] is not None else found.end()
        return FrontMatter(found[1] or "", start, found.end())
    return None if _OPENED.match(page) else FrontMatter()
