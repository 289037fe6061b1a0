"""What a survey asks of its own texts: lengths, citations, results; and that no sentence is somebody else's.

I/O: none.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from living_survey.checks.questions import question_path
from living_survey.model.citations import GROUP
from living_survey.model.survey import Survey
from living_survey.syntax.problems import Problem, problem

RUN = 8
"""So many words in a row are somebody else's sentence."""


def check_content(survey: Survey) -> tuple[list[str], list[Problem]]:
    """Check the texts against the thresholds of the settings.

    Returns:
        What was counted, in words, and where a threshold is missed.
    """
    wanted = survey.settings.content
    counted, problems = [], list[Problem]()
    papers = survey.papers.values()
    lengths = {paper.key: count_words(paper.summary or "") for paper in papers}
    if wanted.summary_words:
        low, high = wanted.summary_words
        for paper in papers:
            if not low <= lengths[paper.key] <= high:
                path = f"{survey.settings.papers}/{paper.source_path}"
                problems.append(_missed(path, f"the summary has {lengths[paper.key]} words", f"{low} to {high}"))
    counted.append(_spread("summaries", [n for n in lengths.values() if n]))
    with_results = sum(bool(paper.results) for paper in papers)
    claims = sum(len(paper.results or ()) for paper in papers)
    counted.append(f"{claims} results in {with_results} of {len(papers)} papers")
    if with_results < wanted.results:
        problems.append(
            _missed(survey.settings.papers, f"{with_results} papers have results", f"at least {wanted.results}")
        )
    counted += _check_themes(survey, problems)
    return counted, problems


def _check_themes(survey: Survey, problems: list[Problem]) -> list[str]:
    wanted = survey.settings.content
    words: dict[bool, list[int]] = {True: [], False: []}
    shares = []
    for theme in survey.taxonomy.by_path.values():
        page = survey.pages[theme.source]
        top = "/" not in theme.path
        words[top].append(page.words)
        limits = wanted.theme_words if top else wanted.subtheme_words
        if limits and not limits[0] <= page.words <= limits[1]:
            problems.append(_missed(page.path, f"the text has {page.words} words", f"{limits[0]} to {limits[1]}"))
        papers = survey.by_theme[theme.path]
        cited = {paper.key for key in page.cited if (paper := survey.find(key))}
        share = 100 * sum(paper.key in cited for paper in papers) // len(papers) if papers else 100
        shares.append(share)
        if share < wanted.cited:
            missing = ", ".join(paper.key for paper in papers if paper.key not in cited)
            problems.append(
                _missed(page.path, f"cites {share} % of its papers", f"{wanted.cited} %; not cited: {missing}")
            )
    return [
        _spread("texts of themes at the top", words[True]),
        _spread("texts of sub-themes", words[False]),
        f"themes cite {min(shares, default=0)} to {max(shares, default=0)} % of their papers",
    ]


def count_words(text: str) -> int:
    """Count words as a reader does; citations do not count."""
    return len(re.sub(GROUP, " ", text).split())


def _missed(path: str, message: str, wanted: str) -> Problem:
    return problem("content-missed", path, found=message, wanted=wanted)


def _spread(what: str, numbers: list[int]) -> str:
    if not numbers:
        return f"0 {what}"
    return f"{len(numbers)} {what}: {min(numbers)} to {max(numbers)} words, {sum(numbers):,} in all"


def check_against(survey: Survey, records: Iterable[Mapping[str, Any]]) -> list[Problem]:
    """Find runs of words that the survey's texts share with a listing's abstracts.

    Args:
        survey: The survey.
        records: Each has ``title`` and ``abstract``.
    """
    runs: dict[tuple[str, ...], str] = {}
    for record in records:
        for _, run in _runs(str(record.get("abstract", ""))):
            runs.setdefault(run, str(record.get("title", "")))
    problems = []
    for path, text, first_line in _texts(survey):
        for place, run in _runs(text):
            if run in runs:
                line = first_line + text.count("\n", 0, place) if first_line else 0
                where, title, words = (line, min(line, 1)), repr(runs[run]), " ".join(run)
                problems.append(problem("words-shared", path, where, count=RUN, title=title, words=words))
    return problems


def _texts(survey: Survey) -> Iterator[tuple[str, str, int]]:
    """Yield (file, text, its first line or 0) of everything that the survey says in its own words."""
    for paper in survey.papers.values():
        notes = [relation.note for relation in paper.relations or ()]
        for text in (paper.tldr, paper.summary, *(paper.attributes or {}).values(), *notes):
            if text:
                yield f"{survey.settings.papers}/{paper.source_path}", text, 0
    for question in survey.questions.values():
        for text in (question.question, *(text for _, text in question.texts())):
            yield question_path(survey.settings, question), text, 0
    for page in survey.pages.values():
        yield page.path, page.text, page.first_line
        for entry in [*page.steps, *page.terms]:
            yield page.path, getattr(entry, "why", "") or getattr(entry, "definition", ""), 0


def _runs(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    words = [(found.start(), found[0].casefold()) for found in re.finditer(r"\w+", text)]
    for index in range(len(words) - RUN + 1):
        yield words[index][0], tuple(word for _, word in words[index : index + RUN])
