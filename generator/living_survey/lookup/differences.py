"""What a metadata source says differently from a paper file. I/O: none."""

from living_survey.formats.record import Record
from living_survey.model.paper import Paper
from living_survey.model.parts import Author
from living_survey.model.words import letters


def differences(paper: Paper, record: Record, source: str) -> list[str]:
    """Return the fields in which a source and a paper differ, in words.

    A version that was published later, or elsewhere, differs rightly: a person decides.
    """
    said, words = record.data, []
    title = str(said.get("title", ""))
    if title and letters(title) != letters(paper.title):
        words.append(f"title: {source} says {title}")
    if said.get("year") and str(said["year"]) != str(paper.year):
        words.append(f"year: {source} says {said['year']}")
    names = [_family(author) for author in said.get("authors", [])]
    own = [letters(author.short_name) for author in paper.authors]
    if names and len(names) != len(own) and not paper.and_others:
        words.append(f"authors: {source} names {len(names)}, the file {len(own)}")
    else:
        for number, (theirs, ours) in enumerate(zip(names, own, strict=False), 1):
            if theirs and ours and theirs not in ours and ours not in theirs:
                words.append(
                    f"authors: {source} has a different author {number}, {_shown(said['authors'][number - 1])}"
                )
                break
    for name in ("doi", "arxiv"):
        ours = getattr(paper, name)
        if said.get(name) and ours and str(said[name]).casefold() != ours.casefold():
            words.append(f"{name}: {source} says {said[name]}")
    return words


def _family(author: dict[str, str]) -> str:
    return letters(author.get("family") or author.get("team") or "")


def _shown(author: dict[str, str]) -> str:
    return Author.model_validate(author).name
