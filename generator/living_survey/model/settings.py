"""The survey's own settings: the ``survey`` block under ``plugins`` in ``mkdocs.yml``.

Read without MkDocs, so that the command line and the plugin share one definition.
I/O: `load_settings` reads ``mkdocs.yml``.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, ValidationError

from living_survey.loading.hosting import addresses_from_workflow, is_placeholder
from living_survey.loading.validate import model_problems
from living_survey.model.values import Matching, Slug, Text, Url
from living_survey.syntax.problems import Problem, ProblemsError, about
from living_survey.syntax.yaml_reader import MAX_DEPTH


class Facet(BaseModel):
    """A further axis along which papers are told apart, with a closed vocabulary."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Text
    values: dict[Slug, Text]
    """Value → definition."""


def _requirable(name: str) -> str:
    if name not in ("themes", "kind", "tldr", "first_public", "added", "provenance"):
        raise ValueError(f"{name} cannot be required: use themes, kind, tldr, first_public, added, provenance")
    return name


def _count(low: int, high: int) -> BeforeValidator:
    def check(value: Any) -> int:
        if isinstance(value, bool) or not str(value).isdecimal() or not low <= int(value) <= high:
            raise ValueError(f"{value} is not a whole number from {low} to {high}")
        return int(value)

    return BeforeValidator(check)


_File = Annotated[Text, Matching.build(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*", "a file below its folder")]


class Content(BaseModel):
    """What ``survey check --content`` asks of a survey's text. Pairs are the least and the most, inclusive."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    summary_words: tuple[Annotated[int, _count(0, 10_000)], Annotated[int, _count(0, 10_000)]] | None = None
    """Words of a paper's summary."""
    theme_words: tuple[Annotated[int, _count(0, 100_000)], Annotated[int, _count(0, 100_000)]] | None = None
    """Words of the text of a theme at the top."""
    subtheme_words: tuple[Annotated[int, _count(0, 100_000)], Annotated[int, _count(0, 100_000)]] | None = None
    """Words of the text of a sub-theme."""
    cited: Annotated[int, _count(0, 100)] = 0
    """Per cent of a theme's papers that its text and those of its sub-themes cite."""
    results: Annotated[int, _count(0, 10_000_000)] = 0
    """Papers with results, at least."""


class Services(BaseModel):
    """Where `survey add` asks. A mirror, or a test, has other addresses."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    arxiv: Url = "https://export.arxiv.org/api/query"
    crossref: Url = "https://api.crossref.org"
    datacite: Url = "https://api.datacite.org"
    openalex: Url = "https://api.openalex.org"
    semantic_scholar: Url = "https://api.semanticscholar.org/graph/v1"
    contact: Text = ""
    """Mail address at which the services can reach the survey; they answer better to somebody they know."""


class Settings(BaseModel):
    """What a survey says of itself. Paths are absolute; addresses end with a slash."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, defer_build=True)

    root: Path
    """Folder of `mkdocs.yml`; problems are reported relative to it."""
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
    citation: _File = "CITATION.cff"
    """How the survey itself is cited; a Citation File Format file."""
    kinds: dict[Slug, Text] = Field(default_factory=dict)
    """Kinds of contribution: id → definition."""
    facets: dict[Slug, Facet] = Field(default_factory=dict)
    """Further facets: id → title and values."""
    attributes: dict[Slug, Text] = Field(default_factory=dict)
    """Columns of the comparison tables: id → title."""
    glossary: _File = "glossary.md"
    """Page, below `docs/`, whose front matter declares the terms that texts link to."""
    screening: _File = "docs/screening.yaml"
    """File that names the records that were screened and left out."""
    content: Content = Field(default_factory=Content)
    """What `survey check --content` asks for."""
    services: Services = Field(default_factory=Services)
    """Where `survey add` asks."""
    sources: dict[Slug, Annotated[int, _count(1, 10_000_000)]] = Field(default_factory=dict)
    """Lists that the survey covers in full: id → how many positions."""
    require: tuple[Annotated[str, AfterValidator(_requirable)], ...] = ()
    """Fields that this survey wants in every paper beyond those that every survey needs."""
    tldr_words: Annotated[int, _count(1, 1000)] = 30
    """Longest tldr."""
    page_size: Annotated[int, _count(1, 1000)] = 100
    """Papers on one page of a list."""
    newest: Annotated[int, _count(1, 1000)] = 8
    """Papers in the list of the newest."""
    rich_up_to: Annotated[int, _count(0, 10_000_000)] = 5000
    """So many papers at most have formatted references and BibLaTeX on their pages, which take milliseconds each."""

    schema_modeline: StrictBool = False
    """Whether new paper files begin with a line that names their schema, for editors other than Visual Studio Code."""

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


class OpaqueTags(yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader):  # type: ignore[misc]
    """Reads ``!ENV`` and ``!!python/name:…`` of other plugins as what they are here: nothing of ours."""


class _Opaque(str):
    __slots__ = ()


OpaqueTags.add_multi_constructor("", lambda _loader, suffix, node: _Opaque(suffix or node.tag))


_OF_THE_SITE = ("site_name", "site_description", "site_url", "repo_url", "edit_uri")
"""What the survey takes from the top level of ``mkdocs.yml``."""


def load_settings(config_file: Path, *, environ: Mapping[str, str] | None = None, **overrides: str) -> Settings:
    """Read the settings of the survey that a configuration file describes.

    Args:
        config_file: Path of ``mkdocs.yml``.
        environ: The process's environment, where addresses that are still placeholders may come from GitHub's workflow.
            A build passes it; commands that write committed files do not, since these are the same everywhere.
        overrides: Top-level values that the caller knows better (``mkdocs serve`` changes ``site_url``).

    Raises:
        ProblemsError: If the file cannot be read or its ``survey`` block is wrong.
    """
    config_file = config_file.absolute()
    name = config_file.name
    try:
        text = config_file.read_text(encoding="utf-8")
        config = yaml.load(text, Loader=OpaqueTags)  # noqa: S506  (a SafeLoader without constructors for foreign tags)
    except (OSError, UnicodeDecodeError) as error:
        raise ProblemsError([Problem(name, 0, 0, f"cannot be read: {error}", "run in the survey's folder")]) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        raise ProblemsError([Problem(name, *place, f"not YAML: {error.problem}")]) from None
    block, index = _survey_block(config, name)
    problems = [
        about(
            name,
            ("survey", *path),
            "INHERIT and tags such as !ENV are not read in the survey's block",
            "write the value",
        )
        for path, value in _walk(block)
        if isinstance(value, _Opaque) or (path and path[-1] == "INHERIT")
    ]
    if not problems:
        root = config_file.parent
        for key in ("docs_dir", "site_dir"):
            if not isinstance(config.get(key) or "", str):
                hint = f"write {key}: {key.removesuffix('_dir')}"
                raise ProblemsError([Problem(name, line_of(text, key), 1, f"{key} is no name of a folder", hint)])
        folders = {
            "root": root,
            "docs_dir": root / (config.get("docs_dir") or "docs"),
            "site_dir": Path(overrides.get("site_dir") or root / (config.get("site_dir") or "site")),
        }
        known = _of_the_site(config, overrides, addresses_from_workflow(environ or {}, folders["docs_dir"]))
        known["placeholders"] = {name: line_of(text, name) for name in known["placeholders"]}
        try:
            return Settings.model_validate(
                {**block, **known, **folders, "named": [root / path for path in _named(config)]}
            )
        except ValidationError as error:
            problems = model_problems(error, name, Settings)
            problems = [about(name, ("survey", *problem.field), problem.message, problem.hint) for problem in problems]
    node = yaml.compose(text, Loader=OpaqueTags)
    raise ProblemsError([_locate(problem, node, index) for problem in problems])


def _of_the_site(config: Mapping[str, Any], overrides: Mapping[str, str], hosted: Mapping[str, str]) -> dict[str, Any]:
    """Return what the top level of the configuration says of the site; a placeholder says nothing."""
    stated = {name: str(config.get(name) or "") for name in _OF_THE_SITE}
    known: dict[str, Any] = {**stated, **{name: value for name, value in overrides.items() if name in stated}}
    placeholders = [
        name for name in ("site_url", "repo_url") if is_placeholder(stated[name]) or is_placeholder(known[name])
    ]
    for name in placeholders:
        known[name] = hosted.get(name, "")
    known["site_url"] = known["site_url"].rstrip("/") + "/" if known["site_url"] else ""
    known["edit_uri"] = known["edit_uri"] or ("edit/main/docs/" if "github.com" in known["repo_url"] else "")
    return {**known, "placeholders": placeholders}


def line_of(text: str, name: str) -> int:
    """Return the line of a field at the top level, from 1; 0 where another file says it (``INHERIT``)."""
    found = re.search(rf"^{name}\s*:", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 0


def _named(config: dict[str, Any]) -> list[str]:
    """Return what a configuration names beside the survey's own files; MkDocs says what is wrong with it."""
    theme, hooks = config.get("theme"), config.get("hooks")
    names = [theme.get("custom_dir") if isinstance(theme, dict) else None, config.get("INHERIT")]
    names += hooks if isinstance(hooks, list) else []
    return [name for name in names if isinstance(name, str) and name]


def _survey_block(config: Any, name: str) -> tuple[dict[str, Any], int]:
    """Return the plugin's own settings and the plugin's place in the list."""
    plugins = config.get("plugins") if isinstance(config, dict) else None
    for index, plugin in enumerate(plugins if isinstance(plugins, list) else []):
        if plugin == "survey":
            return {}, index
        if isinstance(plugin, dict) and list(plugin) == ["survey"]:
            block = plugin["survey"] or {}
            if isinstance(block, dict):
                return block, index
    hint = 'add "- survey: {}" to the list of plugins in this very file'
    raise ProblemsError([Problem(name, 0, 0, "no survey under plugins", hint)])


def _walk(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], Any]]:
    if len(path) > MAX_DEPTH:
        return []
    items: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(path, value), *(pair for key, inner in items for pair in _walk(inner, (*path, key)))]


def _locate(problem: Problem, node: Any, plugin: int) -> Problem:
    """Find the line of a field of the survey's block."""
    path = ("plugins", plugin, *problem.field)
    mark = node.start_mark
    for part in path:
        if isinstance(node, yaml.MappingNode):
            found = [(key, value) for key, value in node.value if key.value == str(part)]
            if not found:
                break
            mark, node = found[0][0].start_mark, found[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            mark = node.start_mark
        else:
            break
    return Problem(problem.path, mark.line + 1, mark.column + 1, problem.message, problem.hint, problem.severity)
