"""The pages of kinds of contribution and of the survey's own facets: one for each value, one for all. I/O: none."""

from collections.abc import Iterator

from living_survey.model import addresses
from living_survey.model.axes import KIND, Axis, axes_of, facet_axis
from living_survey.model.derived import titles_of
from living_survey.model.labels import label
from living_survey.model.paper import Paper
from living_survey.model.survey import Survey
from living_survey.pages.head import list_head
from living_survey.pages.lists import PaperList, list_pages
from living_survey.pages.renderer import Renderer
from living_survey.pages.site_page import SitePage, capitalized
from living_survey.pages.view import view


@view
class ValueLine:
    """A value in the list of all, with those that are part of it."""

    address: str
    name: str
    means: str
    papers: int
    below: tuple["ValueLine", ...] = ()


@view
class FacetLine:
    """A facet in the list of all."""

    address: str
    name: str
    values: tuple[ValueLine, ...]


@view
class _Facet:
    """A facet with its values, as its pages need it."""

    title: str
    address: str
    axis: Axis
    means: dict[str, str]
    """Value → definition, of those that have one."""

    def name(self, value: str) -> str:
        """Return the title of a value's page."""
        if self.axis.name == KIND:
            return capitalized(self.axis.values[value])
        return label("explore.value", axis=self.title, value=self.axis.values[value])

    def lines(self, above: str = "") -> tuple[ValueLine, ...]:
        """Return the values that some paper has, those that are part of another one under it."""
        page = self.axis.page
        return tuple(
            ValueLine(page(value) if page else "", name, self.means.get(value, ""), count, self.lines(value))
            for value, name in self.axis.values.items()
            if self.axis.above.get(value, "") == above and (count := self.axis.counts[value])
        )


def build_facet_pages(renderer: Renderer) -> Iterator[SitePage]:
    """Yield the pages of kinds and facets: of all values, and of the papers of each."""
    survey = renderer.survey
    facets = _facets(survey)
    for facet in facets:
        yield _index(renderer, facet.address, facet.title, facet.lines())
        papers = _papers(survey, facet.axis)
        for value, found in papers.items():
            address = facet.axis.page(value) if facet.axis.page else ""
            filtered = addresses.found(**{facet.axis.name: value})
            lead = facet.means.get(value, "")
            yield from list_pages(renderer, PaperList(address, facet.name(value), found, (), filtered, lead))
    own = [FacetLine(facet.address, facet.title, facet.lines()) for facet in facets if facet.axis.name != KIND]
    if own:
        title = label("explore.facets")
        body = renderer.render("facets.html", addresses.FACETS, facets=own)
        yield SitePage(addresses.FACETS, title, title, body, _head(renderer, addresses.FACETS, title))


def facet_addresses(survey: Survey) -> Iterator[str]:
    """Yield the addresses of these pages, without further pages of long lists."""
    facets = _facets(survey)
    for facet in facets:
        yield facet.address
        if facet.axis.page:
            yield from (facet.axis.page(value) for value, count in facet.axis.counts.items() if count)
    if any(facet.axis.name != KIND for facet in facets):
        yield addresses.FACETS


def facet_depths(renderer: Renderer) -> set[int]:
    """Return the depths of the addresses of these pages."""
    size = renderer.survey.settings.page_size
    depths = {address.count("/") for address in facet_addresses(renderer.survey)}
    for facet in _facets(renderer.survey):
        if facet.axis.page and any(count > size for count in facet.axis.counts.values()):
            depths.add(addresses.list_page(facet.axis.page("x"), 2).count("/"))
    return depths


def _facets(survey: Survey) -> list[_Facet]:
    """Return the kinds and the survey's own facets, those by which papers are told apart."""
    axes = {axis.name: axis for axis in axes_of(survey)}
    found = []
    if KIND in axes:
        means = dict(survey.settings.kinds)
        found.append(_Facet(label("explore.kinds"), addresses.KINDS, axes[KIND], means))
    for name, facet in survey.settings.facets.items():
        if axis := axes.get(facet_axis(survey, name)):
            means = dict(facet.values) if facet.is_typed else {}
            titles = titles_of(facet)
            means = {value: words for value, words in means.items() if words != titles[value]}
            found.append(_Facet(facet.title, addresses.facet(name), axis, means))
    return found


def _papers(survey: Survey, axis: Axis) -> dict[str, list[Paper]]:
    """Return value → its papers, newest first, those of values below it too."""
    found: dict[str, list[Paper]] = {}
    for paper in survey.newest:
        for value in axis.values_of(paper.key):
            found.setdefault(value, []).append(paper)
    return {value: found[value] for value in axis.values if value in found}


def _index(renderer: Renderer, address: str, title: str, values: tuple[ValueLine, ...]) -> SitePage:
    body = renderer.render("facet.html", address, values=values)
    return SitePage(address, title, title, body, _head(renderer, address, title))


def _head(renderer: Renderer, address: str, title: str) -> str:
    return renderer.head(list_head(renderer.survey, address, title, renderer.survey.settings.site_name))
