"""What stands in the head of a page for machines: tags, links, structured data.

FAIR Signposting: https://signposting.org/FAIR/. I/O: none.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from living_survey.formats.writers import FORMATS
from living_survey.model import addresses
from living_survey.model.comparing import Compared
from living_survey.model.expressions import tldr_of
from living_survey.model.paper import Paper
from living_survey.model.published import published_paper
from living_survey.model.survey import Survey
from living_survey.model.survey_citation import SurveyCitation
from living_survey.model.theme import Theme
from living_survey.pages.claim_metadata import claims_data
from living_survey.pages.metadata import highwire_tags, pdf_url, schema_org, work_data

OTHER_FORM = "alternate describedby"
"""Relation to the same facts in another format: the one that browsers know, and that of Signposting. Material's script
takes a link whose relation is ``alternate`` alone for this page in another language, and asks for a sitemap there."""

Answer = tuple[str, Sequence[tuple[str, str]]]
"""What answers a question, as plain text; (title, address) of the papers that speak for it."""


@dataclass(slots=True)
class Head:
    """Elements for the head of a page.

    Attributes:
        metas: (attribute that names it, name, content).
        links: Attributes of each ``link``.
        data: For a JSON-LD script; none when empty.
        of: What the page is about. It is an attribute of every tag, because Material's instant navigation takes tags of
            two pages that read the same for one, and so puts authors of the next page out of order.
    """

    of: str
    metas: list[tuple[str, str, str]] = field(default_factory=list)
    links: list[dict[str, str]] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)

    def __html__(self) -> str:
        """Return the elements; strings are joined, since every page of a site has some twenty."""
        end = f' data-survey-of="{escape(self.of)}">\n'
        parts = [f'<meta {kind}="{escape(name)}" content="{escape(text)}"{end}' for kind, name, text in self.metas]
        for link in self.links:
            named = "".join(f' {name}="{escape(value)}"' for name, value in link.items())
            parts.append(f"<link{named}{end}")
        if self.data:
            parts.append(f'<script type="application/ld+json"{end[:-1]}{self.json_ld}</script>\n')
        return "".join(parts)

    @property
    def json_ld(self) -> Markup:
        """The structured data as the text of a script element, which it cannot end."""
        text = json.dumps(self.data, ensure_ascii=False, separators=(",", ":"))
        return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704


def paper_head(survey: Survey, citation: SurveyCitation | None, paper: Paper) -> Head:
    """Return the head of a paper's page."""
    address = addresses.paper(paper.key)
    page_url = _absolute(survey, address)
    keywords = [survey.taxonomy.by_path[path].title for path in paper.themes or ()]
    said = tldr_of(survey, paper) or paper.byline
    head = Head(paper.key, _open_graph(survey, paper.display_title.text, said, address, "article"))
    head.metas += [("name", name, content) for name, content in highwire_tags(paper, page_url, keywords)]
    for form in FORMATS:
        if form.each:
            file = {"type": form.media_type, "href": f"{paper.key}{form.ending}"}
            head.links.append({"rel": OTHER_FORM, "title": form.title, **file})
    if doi := paper.doi or paper.arxiv_doi:
        head.links.append({"rel": "cite-as", "href": f"https://doi.org/{doi}"})
    elif paper.reader_url:
        head.links.append({"rel": "cite-as", "href": paper.reader_url})
    if pdf := pdf_url(paper):
        head.links.append({"rel": "item", "type": "application/pdf", "href": pdf})
    head.links += [{"rel": "author", "href": f"https://orcid.org/{a.orcid}"} for a in paper.authors if a.orcid]
    head.data = schema_org(paper, page_url, keywords)
    turned: dict[str, Any] = {}
    if paper.key not in survey.events and (claims := claims_data(paper, survey.registry, page_url)):
        turned["appearance"] = claims  # a work has no property for what is claimed in it
    if published := published_paper(paper):  # nor for what came of it: the later work names the one that it rests on
        turned["isBasedOn"] = work_data(published)
    if turned:
        head.data["@reverse"] = turned
    kind = head.data["@type"]
    head.links += [{"rel": "type", "href": f"https://schema.org/{name}"} for name in ("AboutPage", kind)]
    head.links.append({"rel": "collection", "type": "text/html", "href": survey.settings.site_url or "../../"})
    if citation and citation.license:
        head.links.append({"rel": "license", "href": citation.license_url})
    return head


def head_of_list(survey: Survey, address: str, theme: Theme | None, index_title: str) -> Head | None:
    """Return the head of a page of the host's that lists papers: a theme's, home, an index; none for any other.

    Args:
        survey: The survey.
        address: The page's.
        theme: The theme that the page is about, if any.
        index_title: The page's title if it is an index that every survey has, else empty.
    """
    settings = survey.settings
    if theme:
        bibliography = addresses.theme_bibliography(theme.path)
        return list_head(survey, address, theme.title, theme.definition, bibliography=bibliography)
    if not address:
        description = settings.site_description or settings.site_name
        return list_head(survey, address, settings.site_name, description, bibliography=addresses.BIBLIOGRAPHY)
    if index_title:
        whole = addresses.BIBLIOGRAPHY if address == addresses.PAPERS else ""
        return list_head(survey, address, index_title, settings.site_name, bibliography=whole)
    return None


def list_head(survey: Survey, address: str, title: str, description: str, *, bibliography: str = "") -> Head:
    """Return the head of a page that lists papers.

    Args:
        survey: The survey.
        address: The page's.
        title: The page's.
        description: What the list is of.
        bibliography: Address of the files with the same papers, without the ending of a format, if there are any.
    """
    head = Head(address, _open_graph(survey, title, description, address, "website"))
    page_url = _absolute(survey, address)
    kind = "Dataset" if not address else "CollectionPage"
    head.data = {"@context": "https://schema.org", "@type": kind, "name": title, "description": description}
    head.data |= {"url": page_url} if page_url else {}
    for form in FORMATS if bibliography else ():
        href = addresses.relative(f"{bibliography}{form.ending}", address)
        head.links.append({"rel": OTHER_FORM, "type": form.media_type, "title": form.title, "href": href})
    if kind == "Dataset":
        head.data["distribution"] = list(_distributions(survey, bibliography))
    elif survey.settings.site_url:
        whole = {"@type": "Dataset", "name": survey.settings.site_name, "url": survey.settings.site_url}
        head.data["isPartOf"] = whole
    return head


def question_head(survey: Survey, address: str, title: str, description: str, answers: Sequence[Answer]) -> Head:
    """Return the head of a question's page.

    Args:
        survey: The survey.
        address: The page's.
        title: The question.
        description: Its answer, or in words its state.
        answers: Its answer and its sides.
    """
    head = Head(address, _open_graph(survey, title, description, address, "article"))
    head.data = {"@context": "https://schema.org", "@type": "Question", "name": title, "text": title}
    head.data |= {"url": url} if (url := _absolute(survey, address)) else {}
    if answers:
        head.data |= {"answerCount": len(answers), "suggestedAnswer": [_answer(survey, *one) for one in answers]}
    return head


def comparison_data(
    survey: Survey, citation: SurveyCitation | None, table: Compared, description: str, files: Mapping[str, str]
) -> dict[str, Any]:
    """Return a comparison as a Dataset of schema.org.

    Args:
        survey: The survey.
        citation: How the survey is cited; it has the licence.
        table: The comparison.
        description: What is compared.
        files: Address of a file with the same → its media type.
    """
    site = survey.settings.site_url or ""
    url = _absolute(survey, addresses.comparison(table.comparison.id))
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": table.comparison.title,
        "description": description,
        **({"url": url} if url else {}),
        **({"dateModified": table.as_of} if table.as_of else {}),
        **({"license": citation.license_url} if citation and citation.license else {}),
        "isPartOf": {"@type": "Dataset", "name": survey.settings.site_name, **({"url": site} if site else {})},
        "variableMeasured": list(table.titles),
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": site + file} for file, kind in files.items()
        ],
        "citation": [_work(survey, paper.display_title.text, addresses.paper(paper.key)) for paper in table.papers],
    }


def comparison_head(survey: Survey, address: str, data: dict[str, Any], files: Sequence[tuple[str, str]]) -> Head:
    """Return the head of a comparison's page.

    Args:
        survey: The survey.
        address: The page's.
        data: What it is, as JSON-LD, with a name and a description.
        files: (media type, name) of the files with the same, beside the page.
    """
    title = data["name"]
    head = Head(address, _open_graph(survey, title, data["description"], address, "article"), data=data)
    head.links += [{"rel": OTHER_FORM, "type": kind, "title": title, "href": name} for kind, name in files]
    return head


def _answer(survey: Survey, text: str, works: Sequence[tuple[str, str]]) -> dict[str, Any]:
    cited = [_work(survey, title, address) for title, address in works]
    return {"@type": "Answer", "text": text, **({"citation": cited} if cited else {})}


def _work(survey: Survey, title: str, address: str) -> dict[str, str]:
    url = _absolute(survey, address)
    return {"@type": "ScholarlyArticle", "name": title, **({"url": url} if url else {})}


def _distributions(survey: Survey, bibliography: str) -> Iterable[dict[str, str]]:
    for form in FORMATS:
        url = _absolute(survey, f"{bibliography}{form.ending}")
        yield {
            "@type": "DataDownload",
            "encodingFormat": form.media_type,
            "contentUrl": url or f"{bibliography}{form.ending}",
        }


def _absolute(survey: Survey, address: str) -> str:
    site_url = survey.settings.site_url
    return site_url + address if site_url else ""


def _open_graph(survey: Survey, title: str, description: str, address: str, kind: str) -> list[tuple[str, str, str]]:
    found = [
        ("og:type", kind),
        ("og:title", title),
        ("og:description", description),
        ("og:url", _absolute(survey, address)),
        ("og:site_name", survey.settings.site_name),
    ]
    return [("property", name, content) for name, content in found if content]
