"""Where a page stands: the way from the home page to it. I/O: none."""

from living_survey.model import addresses
from living_survey.model.labels import label
from living_survey.model.survey import Survey
from living_survey.model.theme import Theme
from living_survey.pages.renderer import Renderer
from living_survey.pages.site_page import SitePage
from living_survey.pages.view import view


@view
class Crumb:
    """A page on the way; one without an address is the page itself."""

    address: str
    title: str


_PAPERS, _RESULTS = (addresses.PAPERS,), (addresses.RESULTS,)
_FOLDERS = {
    addresses.PAPERS: _PAPERS,
    **{folder: (*_PAPERS, folder) for folder in (addresses.AUTHORS, addresses.VENUES, addresses.YEARS)},
    **dict.fromkeys((addresses.RESULTS, addresses.SCALE, addresses.METRICS), _RESULTS),
    **{folder: (*_RESULTS, folder) for folder in (addresses.BENCHMARKS, addresses.MODELS, addresses.HARDWARE)},
    **{folder: (folder,) for folder in (addresses.QUESTIONS, addresses.COMPARISONS, addresses.OUTSIDE)},
    addresses.THEMES: (addresses.THEMES,),
}
"""Folder of generated pages → the indices on the way to them."""


def home_crumb() -> Crumb:
    """Return the home page, from which every way begins."""
    return Crumb("./", label("crumbs.home"))


def theme_crumbs(survey: Survey, theme: Theme, *, inside: bool = False) -> tuple[Crumb, ...]:
    """Return the way to a theme's page, or with ``inside`` to something that is filed there."""
    line = survey.taxonomy.line(theme.path)
    found = [home_crumb(), Crumb(addresses.THEMES, label("lists.themes"))]
    found += [Crumb(addresses.theme(one.path), one.title) for one in line]
    if not inside:
        found[-1] = Crumb("", theme.title)
    return tuple(found)


def folder_crumbs(address: str) -> tuple[Crumb, ...]:
    """Return the way to a generated page by its address alone."""
    folders = _FOLDERS.get(f"{address.split('/', 1)[0]}/", ())
    found = (Crumb(folder, label(f"lists.{folder[:-1]}")) for folder in folders)
    return (home_crumb(), *(one for one in found if one.address != address))


def crumbs_of(renderer: Renderer, page: SitePage) -> str:
    """Return as HTML the way to a generated page: what it says itself, or what its address says."""
    if page.crumbs:
        return page.crumbs
    made, address = renderer.once(_ways), page.address
    key = address.split("/", 1)[0], address.count("/"), address in _FOLDERS
    if key not in made:
        made[key] = renderer.render("crumbs.html", address, crumbs=folder_crumbs(address))
    return made[key]


def _ways(_: Renderer) -> dict[tuple[str, int, bool], str]:
    """Begin without any: the way is the same for all pages of a folder and a depth."""
    return {}
