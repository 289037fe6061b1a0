"""A title, with one rendering for each place where it is printed.

I/O: none.
"""

from collections.abc import Callable, Iterable
from typing import Any

from markupsafe import Markup, escape
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from living_survey.model.words import words


class Title(str):
    """A title as the paper file has it.

    As a string it is what the file says, which is what JSON has and what checks compare. Whatever prints it for readers
    takes one of the renderings, so only this module knows what a title may contain.
    """

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let a text that has been checked become a title."""
        return core_schema.no_info_after_validator_function(cls, core_schema.str_schema())

    def __html__(self) -> Markup:
        """Let templates print it as HTML."""
        return self.html

    @property
    def html(self) -> Markup:
        """For pages, where it stands among elements."""
        return escape(self.text)

    @property
    def text(self) -> str:
        """For what has no markup: titles of windows, search, RIS, CSL, tags in heads, terminals."""
        return str.__str__(self)

    @property
    def sort_key(self) -> str:
        """For comparing and sorting: its words in small letters of ASCII, joined by spaces."""
        return " ".join(words(self.text))

    def to_tex(
        self,
        escape_text: Callable[[str], str],
        kept: Iterable[tuple[int, int]] = (),
        brace: Callable[[str], str] = "{{{}}}".format,
    ) -> str:
        """For bibliographies in TeX.

        Args:
            escape_text: Escapes text as a dialect wants it.
            kept: (start, end) of the parts whose capitals a style must keep, in order.
            brace: Puts such a part, escaped, into braces.
        """
        parts, done = [], 0
        for start, end in kept:
            parts += [escape_text(self[done:start]), brace(escape_text(self[start:end]))]
            done = end
        return "".join([*parts, escape_text(self[done:])])
