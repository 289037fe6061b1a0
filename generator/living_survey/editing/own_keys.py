"""Plan the change of citations by keys of other bibliographies, and by former keys, to those that papers have here.

I/O: none; the caller hands in what reads a file.
"""

from collections.abc import Iterable
from pathlib import Path

from living_survey.editing.new_name import TEXTS
from living_survey.editing.rewrite_pages import Pages, Read, Renaming
from living_survey.formats.paper_file import edit_paper
from living_survey.model.citations import rename_mentions
from living_survey.model.survey import Survey
from living_survey.syntax.yaml_reader import read_mapping


def plan_own_keys(survey: Survey, *, read: Read, files: Iterable[Path]) -> Renaming:
    """Plan new texts for pages and papers that cite papers by other keys than theirs.

    Args:
        survey: The survey as it is.
        read: Returns the content of a file.
        files: Files below ``docs/``.
    """

    def own(key: str) -> str:
        paper = survey.find(key)
        return paper.key if paper else key

    pages, settings = Pages(survey, read, files), survey.settings
    for paper in survey.papers.values():
        texts = [text for name in TEXTS if "@" in (text := getattr(paper, name) or "")]
        if all(rename_mentions(text, own) == text for text in texts):
            continue
        file = settings.papers_dir / f"{paper.key}.yaml"
        raw = read(file)
        data = read_mapping(raw, file.name, positions=False).data
        changed = {name: rename_mentions(str(data[name]), own) for name in TEXTS if name in data}
        changed = {name: text for name, text in changed.items() if text != data[name]}
        pages.put(file, edit_paper(raw, file.name, changed), ", ".join(changed))
    pages.rewrite(body=lambda text: rename_mentions(text, own))
    return pages.plan
