"""The published version of a preprint in bibliographies: a second record, with a key of its own. I/O: none."""

from living_survey.formats.bibtex.biblatex import biblatex_fields, entry_type
from living_survey.formats.bibtex.writer import write_entry
from living_survey.formats.entry import PLAIN
from living_survey.formats.writers import Format
from living_survey.model.paper import Paper
from living_survey.model.published import published_paper

TOGETHER = frozenset({"bibtex"})
"""Formats whose files are there to be cited from: the file of a paper has both records. Others are imported whole, and
two records would make two works: there the published version has a file of its own."""


def published_entry(form: Format, paper: Paper) -> str:
    """Return the record of a paper's published version; nothing where there is none.

    In BibLaTeX it names the preprint under ``related``: the bibliography prints the preprint behind it.
    """
    published = published_paper(paper)
    if not published:
        return ""
    if form.name != "biblatex":
        return form.entry(published, PLAIN)
    fields = biblatex_fields(published) | {"related": paper.key, "relatedtype": "origpubas"}
    return write_entry(entry_type(published), published.key, fields)


def with_published(form: Format, paper: Paper, entry: str) -> str:
    """Return the text of a paper's own file: its record and, in a file to cite from, that of its published version."""
    published = published_entry(form, paper) if form.name in TOGETHER else ""
    return form.join([entry, published]) if published else entry
