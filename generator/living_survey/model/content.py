"""What ``survey check --content`` asks of a survey: the ``content`` block of its settings. I/O: none."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from living_survey.model.avoided import phrase
from living_survey.model.identifiers import Slug
from living_survey.model.values import Matching, Text, value_error


def whole(low: int, high: int) -> BeforeValidator:
    """Return a check for a whole number of the settings, both ends inclusive."""

    def check(value: Any) -> int:
        if isinstance(value, bool) or not str(value).isdecimal() or not low <= int(value) <= high:
            raise value_error("number-invalid", value=value, expected="a whole number", low=low, high=high)
        return int(value)

    return BeforeValidator(check)


FileName = Annotated[Text, Matching.build(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*", "a file below its folder")]
_Percent = Annotated[int, whole(0, 100)]
_Words = Annotated[int, whole(0, 100_000)]
_Pair = tuple[_Words, _Words]


class Content(BaseModel):
    """What ``survey check --content`` asks of a survey's text. Pairs are the least and the most, inclusive."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    summary_words: tuple[Annotated[int, whole(0, 10_000)], Annotated[int, whole(0, 10_000)]] | None = None
    """Words of a paper's summary."""
    theme_words: _Pair | None = None
    """Words of the text of a theme at the top, without the sections that have a length of their own."""
    subtheme_words: _Pair | None = None
    """Words of the text of a sub-theme."""
    sections: dict[Text, _Pair | None] = Field(default_factory=dict)
    """Headings that the text of every theme at the top has → words of that section; none where any number will do."""
    cited: _Percent = 0
    """Per cent of a theme's papers that its text and those of its sub-themes cite."""
    results: Annotated[int, whole(0, 10_000_000)] = 0
    """Papers with results, at least."""
    quotes: _Percent = 0
    """Per cent of results that quote their source."""
    facets: _Percent = 0
    """Per cent of papers of which a facet from models, parameters or hardware knows something."""
    each_facet: dict[Slug, _Percent] = Field(default_factory=dict)
    """Id of a facet → per cent of papers that have a value of it."""
    absence: _Percent | None = None
    """Per cent of the sentences of themes that may say what a source does not tell."""
    wording: dict[Annotated[Text, BeforeValidator(phrase)], Text | None] = Field(default_factory=dict)
    """Words and phrases that no text has → what to write instead; none where they are to be left out."""
    thousands: Annotated[int, whole(4, 9)] | None = None
    """Digits from which on a number in a text has commas; four that may be a year have none."""
    about: tuple[FileName, ...] = ()
    """Pages and folders, below `docs/`, that are about the site and no texts of the survey: `wording`, `thousands`, and
    the check of works that texts link to leave them alone."""

    def is_about(self, source: str) -> bool:
        """Say whether a page, relative to ``docs/``, is about the site."""
        return any(source == name or source.startswith(f"{name}/") for name in self.about)
