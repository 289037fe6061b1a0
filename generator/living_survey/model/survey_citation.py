"""How the survey itself is cited.

I/O: none.
"""

from dataclasses import dataclass

from living_survey.model.parts import Author


@dataclass(frozen=True, slots=True)
class SurveyCitation:
    """Title, authors, address and date of the survey as a work."""

    title: str
    authors: tuple[Author, ...]
    url: str
    version: str
    date: str
    doi: str
    license: str
    """SPDX identifier of the licence of text and data."""

    @property
    def license_url(self) -> str:
        """Where the licence is read."""
        return f"https://spdx.org/licenses/{self.license}"

    @property
    def year(self) -> str:
        """Year of the release; empty when the file has no date."""
        return self.date[:4]
