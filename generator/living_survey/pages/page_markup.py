"""What Markdown has to know of the page that it renders: where its citations, names and expressions lead. I/O: none."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from living_survey.model.page import Term
from living_survey.pages.view import view


@view
class Target:
    """Where a citation leads: author and year as they are read, the paper's page, its title and sentence."""

    who: str
    year: str
    href: str
    about: str
    key: str = ""
    """Key of the paper, which may be cited by a former one."""
    mark: str = ""
    """What became of the paper, where the text has not been revised since."""
    mark_href: str = ""
    mark_about: str = ""


@view
class NamedTarget:
    """Where the name of a question, or an expression, leads: the words in its place, an address, what is seen of it."""

    title: str
    href: str
    about: str


@view
class PageView:
    """A part of a page that is read by itself: its sections in order, each with a place for its block."""

    id: str
    """What follows ``#`` in its address."""
    title: str
    heading: str
    """Id of its heading; none where the text brings headings of its own."""
    sections: tuple[tuple[str, str], ...] = ()
    """(id, title), as for `PageMarkup.sections`; without a title there is a place alone."""


@dataclass(slots=True)
class PageMarkup:
    """What the extensions know of the page that is being rendered."""

    targets: dict[str, Target] = field(default_factory=dict)
    questions: dict[str, NamedTarget] = field(default_factory=dict)
    values: dict[str, NamedTarget] = field(default_factory=dict)
    """What the expressions in the text yield, by what stands between their braces."""
    terms: Sequence[Term] = ()
    glossary: str = ""
    """Address of the glossary from this page; empty where there is none, or on that page itself."""
    title: str = ""
    """Heading to put above the text, with a place for a theme's block behind it; empty for none."""
    notice: str = ""
    """Block to put below the heading; empty for none."""
    sections: Sequence[tuple[str, str]] = ()
    """(id, title) of the sections to put below the text, each with a place for the block of its id."""
    views: Sequence[PageView] = ()
    """Views that divide the page: the first holds the text; then there are no other sections."""
    proposed: bool = False
    """Whether anybody may propose the text: markup in it is shown and not obeyed."""
    blocks: bool = False
    """Whether a proposed text may ask for generated lists."""
    anchors: set[str] = field(default_factory=set)
    """Ids of the citations that came out as such, once the page is rendered."""
