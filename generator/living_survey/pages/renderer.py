"""Turn views of a survey into HTML with the templates in ``pages/templates``.

A template gets what it prints, in views that the modules of this package build; it knows neither the survey nor its
settings. Templates escape everything; text of papers never reaches a page as markup. Links are relative, so that a site
works under any address. I/O: none (templates come from the package, and are kept compiled in Jinja's own store).
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from jinja2 import BytecodeCache, Environment, FileSystemBytecodeCache, PackageLoader, StrictUndefined

from living_survey.model.labels import label
from living_survey.model.survey import Survey
from living_survey.model.survey_citation import SurveyCitation
from living_survey.pages.bibliography import Bibliography
from living_survey.pages.head import Head
from living_survey.pages.site_page import root_of

T = TypeVar("T")


class Renderer:
    """Renders one survey; made anew for each build."""

    def __init__(
        self, survey: Survey, citation: SurveyCitation | None = None, compiled: BytecodeCache | None = None
    ) -> None:
        """Prepare the templates.

        Args:
            survey: What is rendered.
            citation: How the survey is cited.
            compiled: Where compiled templates are kept between builds.
        """
        self.survey = survey
        self.citation = citation
        self.rich = survey.is_rich
        """Whether papers are few enough for what takes time or a file for each."""
        self.bibliography = Bibliography(survey.papers)
        self.anchors = defaultdict[str, set[str]](set)
        """Address of an editors' page → ids of the citations that stand there, once the host has rendered the page."""
        self._made: dict[Callable[[Renderer], Any], Any] = {}
        self.environment = Environment(
            loader=PackageLoader("living_survey", "pages/templates"),
            autoescape=True,
            bytecode_cache=compiled,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self.environment.globals["label"] = label

    def render(self, template: str, page: str, **context: Any) -> str:
        """Render a template for the page at an address; ``root`` leads from there to the site's root."""
        return self.fill(template, root=root_of(page), **context)

    def fill(self, template: str, **context: Any) -> str:
        """Render a template with nothing but what is given."""
        return self.environment.get_template(template).render(context)

    def head(self, head: Head) -> str:
        """Return what a page's head says to machines, as HTML."""
        return head.__html__()

    def once(self, make: Callable[["Renderer"], T]) -> T:
        """Return what a function or a class makes of this renderer, made once for the build."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made


def compiled_templates() -> BytecodeCache | None:
    """Return Jinja's own store for compiled templates, in a folder that no other user can write to, if there is one.

    Entries are found by a checksum of the template's text, so an edited template is compiled anew.
    """
    try:
        return FileSystemBytecodeCache()
    except (RuntimeError, OSError):
        return None
