"""Sitemaps and ``robots.txt``: https://www.sitemaps.org/protocol.html.

What the host rendered stands in ``sitemap.xml``, generated pages in ``sitemap-papers-N.xml``, because the theme's
scripts may read all of the first. Dates come from data. I/O: none.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from xml.sax.saxutils import escape

from living_survey.model import addresses

URLS_PER_FILE = 5000
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def build_sitemaps(
    site_url: str, host_pages: Iterable[str], generated: Sequence[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """Yield (file, text) of all sitemaps, their index and ``robots.txt``.

    Args:
        site_url: The site's address with a final slash.
        host_pages: Addresses of the pages that the host rendered.
        generated: (address, day of last change or empty) of the others.
    """
    names = ["sitemap.xml"]
    yield "sitemap.xml", _urlset(site_url, ((address, "") for address in sorted(host_pages)))
    rest = iter(generated)
    while chunk := list(islice(rest, URLS_PER_FILE)):
        names.append(f"sitemap-papers-{len(names)}.xml")
        yield names[-1], _urlset(site_url, chunk)
    lines = [f"<sitemap><loc>{escape(site_url + name)}</loc></sitemap>" for name in names]
    yield addresses.SITEMAP_INDEX, _document("sitemapindex", lines)
    yield addresses.ROBOTS, f"User-agent: *\nAllow: /\n\nSitemap: {site_url}{addresses.SITEMAP_INDEX}\n"


def _urlset(site_url: str, pages: Iterable[tuple[str, str]]) -> str:
    lines = [
        f"<url><loc>{escape(site_url + address)}</loc>{f'<lastmod>{modified}</lastmod>' if modified else ''}</url>"
        for address, modified in pages
    ]
    return _document("urlset", lines)


def _document(root: str, lines: Iterable[str]) -> str:
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', f"<{root} {_NAMESPACE}>", *lines, f"</{root}>", ""])
