"""Read the comparisons: all files ``docs/comparisons/*.yaml``.

I/O: reads the folder.
"""

from living_survey.formats.paper_file import COMPARISON
from living_survey.loading.data_files import Kind, Loaded, load_files
from living_survey.model.comparison import FOLDER, MAX_ID, Comparison
from living_survey.model.settings import Settings
from living_survey.model.theme import Taxonomy
from living_survey.syntax.problems import problem

COMPARISONS = Kind(
    FOLDER,
    Comparison,
    COMPARISON,
    regular="a comparison is a file, without folders or symbolic links",
    needed="a comparison needs at least title, columns, and papers or query",
    max_id=MAX_ID,
    invalid=lambda path, name: problem("comparison-name-invalid", path, name=name),
    too_long=lambda path, name: problem("comparison-name-too-long", path, length=len(name), limit=MAX_ID),
)


def load_comparisons(settings: Settings, taxonomy: Taxonomy) -> Loaded[Comparison]:
    """Read the comparisons.

    Args:
        settings: The survey's settings.
        taxonomy: The survey's themes, to say which one was meant.
    """
    return load_files(settings, COMPARISONS, taxonomy)
