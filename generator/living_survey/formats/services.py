"""What Crossref and DataCite call types of works, and where a record of theirs stands.

`living_survey.lookup` reads answers by it, and so does the form's script, which asks from a reader's browser.
I/O: none.
"""

CROSSREF_RECORD = "https://api.crossref.org/works/"
DATACITE_RECORD = "https://api.datacite.org/dois/"
"""In front of a DOI, the address at which a record is read."""
CROSSREF_TYPES = {
    "journal-article": "article", "proceedings-article": "inproceedings", "book-chapter": "incollection",
    "book": "book", "monograph": "book", "edited-book": "book", "proceedings": "proceedings",
    "dissertation": "thesis", "report": "report", "posted-content": "preprint", "dataset": "dataset",
}  # fmt: skip
DATACITE_TYPES = {
    "JournalArticle": "article", "ConferencePaper": "inproceedings", "BookChapter": "incollection", "Book": "book",
    "Dissertation": "thesis", "Report": "report", "Preprint": "preprint", "Dataset": "dataset", "Software": "software",
}  # fmt: skip
"""A service's word for a type → the paper file's; any other is ``misc``."""
CROSSREF_DATES = ("published-print", "published-online", "issued", "published")
"""Where Crossref says when a work appeared, best first."""
WITHOUT_CONTAINER = ("book", "proceedings", "thesis", "report", "dataset", "misc")
"""Types whose venue is the publisher, for nothing contains them."""
