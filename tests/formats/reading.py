"""Records of other programs as papers of this survey."""

from functools import cache
from typing import Any

from living_survey.editing.convert import Draft, ImportOptions, convert
from living_survey.formats.record import Reading
from living_survey.loading.pages import load_pages
from living_survey.loading.settings import load_settings
from living_survey.loading.themes import load_taxonomy
from living_survey.model.settings import Settings
from living_survey.model.theme import Taxonomy

from tests.commands import ROOT


def drafts(reading: Reading, wishes: ImportOptions | None = None) -> list[Draft]:
    """Convert all records of a reading."""
    return [convert(record, *_survey(), wishes or ImportOptions()) for record in reading.records]


@cache
def _survey() -> tuple[Settings, Taxonomy]:
    settings = load_settings(ROOT / "mkdocs.yml")
    return settings, load_taxonomy(settings, load_pages(settings)[0])[0]


def one(reading: Reading) -> dict[str, Any]:
    """Return the data of the only record."""
    [draft] = drafts(reading)
    assert draft.paper, draft.refused
    return draft.data
