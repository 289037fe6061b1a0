"""The survey's own settings: the ``survey`` block under ``plugins`` in ``mkdocs.yml``.

I/O: none.
"""

import re
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, ValidationInfo

from living_survey.model.content import Content, FileName, whole
from living_survey.model.facet import Facet
from living_survey.model.identifiers import Slug, Url
from living_survey.model.look import Look
from living_survey.model.repeating import HOST
from living_survey.model.values import Matching, Text, value_error
from living_survey.syntax.problems import did_you_mean


def _requirable(name: str) -> str:
    if name not in ("themes", "kind", "tldr", "first_public", "added", "provenance"):
        raise value_error("settings-require", name=name)
    return name


def _of_known_facets(content: Content, info: ValidationInfo) -> Content:
    facets = info.data.get("facets", {})
    for name in content.each_facet:
        if name not in facets:
            raise value_error("content-facet-unknown", did_you_mean(name, facets), name=name)
    return content


_INDEX_SIZE = 100
"""Names on one page of an index, unless the survey says how many."""


class Services(BaseModel):
    """Where `survey add` asks. A mirror, or a test, has other addresses."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    arxiv: Url = "https://export.arxiv.org/api/query"
    crossref: Url = "https://api.crossref.org"
    datacite: Url = "https://api.datacite.org"
    openalex: Url = "https://api.openalex.org"
    semantic_scholar: Url = "https://api.semanticscholar.org/graph/v1"
    contact: Text = ""
    """Mail address at which the services can reach the survey; they answer better to somebody they know."""


class Settings(BaseModel):
    """What a survey says of itself. Paths are absolute; addresses end with a slash."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    root: Path
    """Folder of `mkdocs.yml`; problems are reported relative to it."""
    config: str = "mkdocs.yml"
    """The file's name, as it is reported."""
    lines: dict[str, int] = Field(default_factory=dict)
    """Line of each field at its top level; a field that it inherits has none."""
    site_name: str = ""
    site_description: str = ""
    site_url: str = ""
    repo_url: str = ""
    edit_uri: str = ""
    placeholders: dict[str, int] = Field(default_factory=dict)
    """Addresses that are still those that a new survey starts with → their line. They are empty here, or known
    otherwise."""
    docs_dir: Path
    site_dir: Path
    named: tuple[Path, ...] = ()
    """What else `mkdocs.yml` names: a folder of the theme's, hooks, a file that it inherits."""

    papers: Annotated[Text, Matching.build(r"[\w-]+(?:/[\w-]+)*", "a folder below mkdocs.yml")] = "papers"
    """Folder of the paper files, relative to `mkdocs.yml`."""
    citation: FileName = "CITATION.cff"
    """How the survey itself is cited; a Citation File Format file."""
    kinds: dict[Slug, Text] = Field(default_factory=dict)
    """Kinds of contribution: id → definition."""
    facets: dict[Slug, Facet] = Field(default_factory=dict)
    """Further facets: id → title and values, or what they follow from."""
    attributes: dict[Slug, Text] = Field(default_factory=dict)
    """Columns of the comparison tables: id → title."""
    glossary: FileName = "glossary.md"
    """Page, below `docs/`, whose front matter declares the terms that texts link to."""
    registry: FileName = "docs/registry.yaml"
    """File of the names that the numbers of papers use."""
    screening: FileName = "docs/screening.yaml"
    """File that names the records that were screened and left out."""
    works: FileName = "docs/works.yaml"
    """File of the works outside the survey that its texts build on."""
    content: Annotated[Content, AfterValidator(_of_known_facets)] = Field(default_factory=Content)
    """What `survey check --content` asks for."""
    services: Services = Field(default_factory=Services)
    """Where `survey add` asks."""
    look: Look = Field(default_factory=Look)
    """Colors of the pages."""
    sources: dict[Slug, Annotated[int, whole(1, 10_000_000)]] = Field(default_factory=dict)
    """Lists that the survey covers in full: id → how many positions."""
    aggregators: tuple[
        Annotated[Text, Matching.build(HOST, "a host", "write it like example.org or example.org/papers")], ...
    ] = ()
    """Hosts, with the beginning of a path where it is not all of a host, whose pages repeat what others say."""
    require: tuple[Annotated[str, AfterValidator(_requirable)], ...] = ()
    """Fields that this survey wants in every paper beyond those that every survey needs."""
    tldr_words: Annotated[int, whole(1, 1000)] = 30
    """Longest tldr."""
    page_size: Annotated[int, whole(1, 1000)] = 30
    """Papers on one page of a list."""
    newest: Annotated[int, whole(1, 1000)] = 8
    """Papers in the list of the newest."""
    rich_up_to: Annotated[int, whole(0, 10_000_000)] = 5000
    """So many papers at most have formatted references and BibLaTeX on their pages, which take milliseconds each."""

    schema_modeline: StrictBool = False
    """Whether new paper files begin with a line that names their schema, for editors other than Visual Studio Code."""

    @property
    def index_size(self) -> int:
        """Names on one page of an index, which take a line each: as many as papers where the survey says how many."""
        return self.page_size if "page_size" in self.model_fields_set else _INDEX_SIZE

    @property
    def data_files(self) -> tuple[str, ...]:
        """Files of data that may stand among the pages, and that no site publishes as they are."""
        return self.screening, self.registry, self.works

    @property
    def unpublished(self) -> list[str]:
        """The same by their places in the folder of pages, those that lie there."""
        files = [self.root / name for name in self.data_files]
        return [file.relative_to(self.docs_dir).as_posix() for file in files if file.is_relative_to(self.docs_dir)]

    @property
    def papers_dir(self) -> Path:
        """Folder of the paper files."""
        return self.root / self.papers

    @property
    def themes_dir(self) -> Path:
        """Folder whose tree is the taxonomy."""
        return self.docs_dir / "themes"

    def relative(self, path: Path) -> str:
        """Name a file as it is reported: relative to the survey's folder, with forward slashes."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()

    @property
    def github(self) -> str:
        """The repository's address if it is at GitHub, whose pages for new files and issues the form opens."""
        found = re.fullmatch(r"https://github\.com/[\w.-]+/[\w.-]+?(?:\.git)?/?", self.repo_url, re.ASCII)
        return self.repo_url.rstrip("/").removesuffix(".git") if found else ""

    @property
    def branch(self) -> str:
        """The branch that ``edit/main/docs/`` names."""
        found = re.fullmatch(r"(?:edit|blob|tree|raw)/(.+)/[^/]+", self.edit_uri.strip("/"))
        return found[1] if found else "main"

    def edit_url(self, path: str) -> str:
        """Return the address at which a file of the repository is edited, or nothing when it is not known."""
        branch = self.edit_uri.strip("/").rpartition("/")[0]
        return f"{self.repo_url.rstrip('/')}/{branch}/{path}" if self.repo_url and branch else ""
