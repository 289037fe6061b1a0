"""The host: MkDocs renders prose and themes, the generator does the rest. The only module that imports ``mkdocs``.

I/O: through `living_survey.loading.survey` and `living_survey.publish.writer`, and prints problems.
"""

import logging
import os
import shutil
from collections.abc import Sequence
from html import escape
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

import click
from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import CountHandler

from living_survey.loading.hosting import is_placeholder
from living_survey.loading.settings import load_settings
from living_survey.loading.site_dir import check_site_dir
from living_survey.loading.survey import inspect
from living_survey.model import addresses
from living_survey.model.labels import label
from living_survey.model.settings import Settings
from living_survey.model.theme import INDEX
from living_survey.pages.blocks import INDEX_PAGES, fill_blocks, index_pages, index_text, reserve_blocks
from living_survey.pages.citations import numbered, page_markup
from living_survey.pages.crumbs import crumbs_of
from living_survey.pages.head import head_of_list
from living_survey.pages.markdown import SurveyMarkup
from living_survey.pages.navigation import expand_themes
from living_survey.pages.page_markup import PageMarkup
from living_survey.pages.renderer import Renderer, compiled_templates
from living_survey.pages.theme_page import proposed_front, theme_meta, theme_views
from living_survey.preview import Preview, start_again
from living_survey.publish import shell
from living_survey.publish.files import build_files, generated_depths
from living_survey.publish.names import linkable_names, unpublished_sources
from living_survey.publish.site_folder import BusyError, SiteFolder
from living_survey.publish.writer import PathError, publish
from living_survey.syntax.problems import Problem, ProblemsError, summary, to_text
from living_survey.syntax.reading import DEBUG

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer
log = logging.getLogger("mkdocs.plugins.survey")
THEME_FOLDER = Path(__file__).parent / "theme"
EARLY, LATE = 100, -100
OWN_SITEMAP = "sitemap.xml"
"""Of the host's: it has the day of the build in it, and the survey writes another."""


class _Build:
    """What one build knows; a rebuild under ``mkdocs serve`` starts with a new one."""

    def __init__(self, settings: Settings, renderer: Renderer) -> None:
        self.settings = settings
        self.renderer = renderer
        self.themes = {theme.source: theme for theme in renderer.survey.taxonomy.by_path.values()}
        self.depths = generated_depths(renderer)
        self.placeholders = {uri: depth for depth in self.depths for uri in shell.placeholder_uris(depth)}
        self.placeholder_html: dict[str, str] = {}
        self.host_pages: list[str] = []
        self.own_robots = False
        """Whether the survey has a file for robots of its own, which goes before the generated one."""


class _SurveyFiles(Files):
    """MkDocs' files, and on demand those that the generator writes, so that links to them are checked and rewritten."""

    def __init__(self, files: Files, generated: frozenset[str], config: MkDocsConfig) -> None:
        super().__init__(files)
        self._generated = generated
        self._config = config

    def get_file_from_path(self, path: str) -> File | None:
        if found := super().get_file_from_path(path):
            return found
        uri = PurePosixPath(path).as_posix()
        if uri not in self._generated:
            return None
        file = File(uri, None, self._config.site_dir, self._config.use_directory_urls)
        file.inclusion = InclusionLevel.NOT_IN_NAV
        return file


class _NoOptions(Config):
    """MkDocs checks none of the survey's settings: `living_survey.model.settings` does."""


class SurveyPlugin(BasePlugin[_NoOptions]):
    """Adds a survey to a MkDocs site."""

    def __init__(self) -> None:
        """Start what lasts over rebuilds; `load_config` runs again for each."""
        super().__init__()
        self._preview = Preview()
        self._site: SiteFolder | None = None
        self._finished = False
        """Whether the last build has published its site."""

    def load_config(self, options: dict[str, Any], config_file_path: str | None = None) -> tuple[list[Any], list[Any]]:
        """Accept everything here: `on_config` reads the block with the survey's own model, which knows the lines."""
        self.config = _NoOptions()
        self._build: _Build | None = None
        self._markup = PageMarkup()
        self._page = ""
        self._warnings = CountHandler()
        self._warnings.setLevel(logging.WARNING)
        return [], []

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Keep the instance over rebuilds (MkDocs does so for plugins with this event), and what is being done."""
        self._preview.runs = command == "serve"

    @event_priority(EARLY)
    def _start(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load and check the survey; stop before anything is written if it is wrong."""
        self._finished = False
        if self._site is not None:  # a rebuild after one that was broken off
            self._site.release()
        self._site = SiteFolder(Path(config.site_dir))
        self._preview.prepare(Path(config.config_file_path), config.dev_addr, [config.docs_dir, *config.theme.dirs[:1]])
        settings = self._settings(config)
        try:
            self._site.hold(lambda words: click.echo(words, err=True))
        except BusyError as error:
            raise Abort(f"Nothing was written: {error}.") from None
        config.site_dir = str(self._site.host)
        self._count_warnings(strict=config.strict)
        self._build = self._load(settings)
        _set_addresses(config, settings)
        config.theme.static_templates.discard(OWN_SITEMAP)
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME_FOLDER))
        self._markup = PageMarkup()
        config.extra_css[:0] = addresses.STYLES
        config.extra_javascript.append("assets/survey/survey.js")
        if config.nav is not None:
            config.nav = expand_themes(config.nav, self._build.renderer.survey.taxonomy)
        return config

    @event_priority(LATE)
    def _add_markup(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add the survey's extension behind all others, since it undoes what some do."""
        extensions: list[Any] = config.markdown_extensions  # Markdown takes names and objects
        extensions.append(SurveyMarkup(lambda: self._markup))
        return config

    on_config = CombinedEvent(_start, _add_markup)

    def _settings(self, config: MkDocsConfig) -> Settings:
        """Read the settings, and make sure that the site's folder may be one."""
        if not config.use_directory_urls:
            name = Path(config.config_file_path).name
            raise Abort(f"The survey's addresses end with a slash: delete use_directory_urls from {name}.")
        try:
            settings = load_settings(
                Path(config.config_file_path),
                environ=os.environ,
                site_url=config.site_url or "",
                site_dir=config.site_dir,
                repo_url=config.repo_url or "",
                edit_uri=config.edit_uri or "",
            )
        except ProblemsError as error:
            raise self._refusal(error.problems) from None
        # A configuration that is inherited may name more than the one that the survey's settings are read from.
        own = [config.theme.custom_dir, *config.hooks]
        named = (*settings.named, *(Path(name) for name in own if name))
        settings = settings.model_copy(update={"named": named})
        if problems := check_site_dir(settings):  # before another build's lock is waited for, which is a file in it
            raise self._refusal(problems)
        return settings

    def _load(self, settings: Settings) -> _Build:
        found = inspect(settings, thorough=False)
        if found.cause and os.environ.get(DEBUG):
            raise found.cause
        if found.survey is None:
            raise self._refusal(found.problems)
        # Addresses that nobody has filled in are for `survey check` to remind of.
        if warnings := [one for one in found.problems if one.code != "site-address-placeholder"]:
            click.echo(to_text(warnings), err=True)
        return _Build(settings, Renderer(found.survey, found.citation, compiled_templates()))

    def _refusal(self, problems: Sequence[Problem]) -> Abort:
        """Return what ends a build whose survey has problems."""
        self._preview.found = list(problems)
        click.echo(to_text(problems), err=True)
        return Abort(f"Nothing was written: {summary(problems)}.")

    def _count_warnings(self, *, strict: bool) -> None:
        """Count what strict mode must not pass. ``--quiet`` silences the logger; it must not silence the count."""
        logger = logging.getLogger("mkdocs")
        logger.removeHandler(self._warnings)
        self._warnings.counts.clear()
        if not strict:
            return
        if logger.level > logging.WARNING:
            for handler in logger.handlers:
                if handler.level < logger.level and not isinstance(handler, CountHandler):
                    handler.setLevel(logger.level)
            logger.setLevel(logging.WARNING)
        logger.addHandler(self._warnings)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Give the theme's templates the labels, and keep them compiled: that is a third of a small site's build."""
        env.bytecode_cache = compiled_templates()
        env.globals["label"] = label
        return env

    @event_priority(LATE)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages that every survey has, the placeholders, and the names of what is generated."""
        build = self._current
        for name in (OWN_SITEMAP, *unpublished_sources(build.renderer.survey)):
            if file := files.get_file_from_path(name):
                files.remove(file)
        build.own_robots = files.get_file_from_path(addresses.ROBOTS) is not None
        for uri in [*index_pages(build.renderer.survey), *build.placeholders]:
            if uri in build.placeholders or not files.get_file_from_path(uri):
                text = shell.SOURCE if uri in build.placeholders else index_text(uri)
                page = File.generated(config, uri, content=text)
                # A survey's own nav names of these pages the ones that it wants there.
                if uri in build.placeholders or config.nav is not None:
                    page.inclusion = InclusionLevel.NOT_IN_NAV
                files.append(page)
        return _SurveyFiles(files, linkable_names(build.renderer.survey), config)

    @property
    def _current(self) -> _Build:
        if self._build is None:
            raise RuntimeError("MkDocs calls on_config first")
        return self._build

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give theme pages their titles, which the navigation shows."""
        for page in nav.pages:
            if theme := self._current.themes.get(page.file.src_uri):
                page.title = theme.title
        return nav

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Reserve places for what is generated; set what a page's head says."""
        build, uri = self._current, page.file.src_uri
        self._page = uri
        if uri in build.placeholders:
            page.title = shell.TITLE
            page.meta["description"] = shell.DESCRIPTION
            page.edit_url = None
            if page.canonical_url:
                page.canonical_url = shell.CANONICAL
            self._markup = PageMarkup()
            return markdown
        build.host_pages.append(_address(page))
        if uri in INDEX_PAGES and page.file.generated_by:
            page.edit_url = None
        survey = build.renderer.survey
        markup = self._markup = page_markup(survey, uri, self._way_to_glossary(page, files))
        markdown = numbered(survey, uri, markdown) if markup.targets else markdown
        if theme := build.themes.get(uri):
            page.title = theme.title
            page.meta, markup.title, markup.views = theme_meta(theme), theme.title, theme_views(survey, theme)
            return markdown
        if markup.targets:
            markup.sections = (("references", label("theme.sections.references")),)
        if markup.proposed:
            markup.blocks = uri == INDEX
            page.meta = proposed_front(survey, uri)
            page.title = page.meta.get("title") or escape(label("lists.themes"))
            if not markup.blocks:
                return markdown
        return reserve_blocks(markdown)

    def _way_to_glossary(self, page: Page, files: Files) -> str:
        """Return the address of the glossary from a page; nothing where there is none, or on that page."""
        survey = self._current.renderer.survey
        glossary = files.get_file_from_path(survey.settings.glossary) if survey.terms else None
        return glossary.url_relative_to(page.file) if glossary and glossary.src_uri != page.file.src_uri else ""

    @event_priority(LATE)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Make a placeholder's content nothing but slots; keep the ids of the citations of other pages."""
        if page.file.src_uri not in self._current.placeholders:
            self._current.renderer.anchors[_address(page)] = self._markup.anchors
            return html
        page.toc = TableOfContents([AnchorLink(shell.TITLE, "content", 1)])
        return f'{shell.CRUMBS}<h1 id="content">{shell.TITLE}</h1>\n{shell.BODY}\n'

    @event_priority(LATE)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Keep the placeholders' pages; fill the blocks of the others."""
        build, uri = self._current, page.file.src_uri
        if uri in build.placeholders:
            build.placeholder_html[uri] = output
            return output
        theme = build.themes.get(uri)
        address = _address(page)
        output = fill_blocks(output, build.renderer, address, uri, theme)
        index_title = str(page.title) if uri in INDEX_PAGES else ""
        head = head_of_list(build.renderer.survey, address, theme, index_title)
        return shell.add_to_head(output, build.renderer.head(head) if head else "")

    @event_priority(LATE)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the site, if nothing is wrong with it."""
        build, folder, self._page = self._current, self._site, ""
        if folder is None:
            raise RuntimeError("MkDocs calls on_config first")
        if counts := self._warnings.get_counts():
            found = ", ".join(f"{number} {level.lower()}{'s' if number != 1 else ''}" for level, number in counts)
            raise Abort(f"Nothing was written: {found} in strict mode (hidden by --quiet, if you gave it).")
        try:
            shells = {
                depth: shell.Shell.build(
                    *(build.placeholder_html[uri] for uri in shell.placeholder_uris(depth)),
                    canonical=bool(build.settings.site_url),
                )
                for depth in build.depths
            }
            site_url = build.settings.site_url
            generated = build_files(
                build.renderer,
                lambda page: shells[page.address.count("/")].fill(page, site_url, crumbs_of(build.renderer, page)),
                build.host_pages,
                _host_texts(config),
            )
            without = [f"{uri.removesuffix('.md')}/index.html" for uri in build.placeholders]
            if build.own_robots:
                generated = (file for file in generated if file[0] != addresses.ROBOTS)
            count = publish(folder.path, generated, without=without)
        except (shell.ShellError, PathError) as error:
            raise Abort(f"Nothing was written: {error}.") from None
        config.site_dir = str(folder.path)  # for what comes after, such as a deployment
        folder.release()
        self._finished = True
        log.info("%d papers, %d files in %s", len(build.renderer.survey.papers), count, config.site_dir)

    @event_priority(LATE)
    def on_build_error(self, *, error: Exception) -> None:
        """Leave the last good site, and end with a line, whatever it is; a preview without a site shows what it is."""
        if self._site is not None:
            self._site.give_up()
        if self._preview.runs and not self._preview.serves:
            self._preview.show_alone(error)
            if self._site is not None:
                shutil.rmtree(self._site.path, ignore_errors=True)  # MkDocs' own temporary folder
            start_again()
        ours = isinstance(error, click.ClickException) or self._finished or os.environ.get(DEBUG)
        if self._site is not None and not ours:
            raise Abort(self._site.ending(error, self._page)) from None

    @event_priority(LATE)
    def on_serve(self, server: "LiveReloadServer", *, config: MkDocsConfig, builder: Any) -> "LiveReloadServer":
        """Watch what MkDocs does not know of, and go on serving while something is wrong."""
        settings = self._current.settings
        server.watch(str(settings.papers_dir))
        if (citation := settings.root / settings.citation).is_file():
            server.watch(str(citation))
        if "site_url" in settings.placeholders:
            server.url, server.mount_path = server.url.removesuffix(server.mount_path) + "/", "/"
        self._preview.serve(server)
        return server


def _address(page: Page) -> str:
    """Return a page's address, relative to the site's root."""
    return page.url if page.url != "./" else ""


def _host_texts(config: MkDocsConfig) -> list[dict[str, Any]]:
    """Return the host's own records of what it rendered, for the survey's search; none where its plugin is off."""
    indices = (getattr(config.plugins.get(name), "search_index", None) for name in ("material/search", "search"))
    return next((list(index.entries) for index in indices if index is not None and hasattr(index, "entries")), [])


def _set_addresses(config: MkDocsConfig, settings: Settings) -> None:
    """Tell the host what the survey knows better: addresses that are still placeholders."""
    if "site_url" in settings.placeholders:
        config.site_url = settings.site_url or None
    if "repo_url" in settings.placeholders:
        config.repo_url = settings.repo_url or None
    if config.repo_name and is_placeholder(config.repo_name):
        config.repo_name = urlsplit(settings.repo_url).path.strip("/") or None
    if not config.repo_url:
        config.repo_name = config.edit_uri = config.edit_uri_template = None
