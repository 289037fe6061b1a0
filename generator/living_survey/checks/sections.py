"""Sections that every theme at the top has, with a length of their own. I/O: none."""

from living_survey.model.headings import Section, find_sections
from living_survey.model.page import EditorPage, words_of_page
from living_survey.model.survey import Survey
from living_survey.syntax.problems import Places, Problem, problem


def check_sections(survey: Survey) -> tuple[list[str], list[Problem]]:
    """Look for the sections that the settings name.

    Returns:
        What was counted of each, in words; and where one is missing, too short or too long.
    """
    wanted, problems = survey.settings.content.sections, list[Problem]()
    lengths: dict[str, list[int]] = {title: [] for title in wanted}
    pages = [survey.pages[theme.source] for theme in survey.taxonomy.themes]
    for page in pages:
        there = {section.title.casefold(): section for section in find_sections(page.text)} if wanted else {}
        for title, limits in wanted.items():
            if not (section := there.get(title.casefold())):
                hint = f'add the heading "## {title}", with its text' + (_between(limits) if limits else "")
                problems.append(problem("section-missing", page.path, hint=hint, title=title))
                continue
            words = words_of_page(page.text[section.body : section.end])
            lengths[title].append(words)
            if limits and not limits[0] <= words <= limits[1]:
                place = Places(page.text, page.first_line).find(section.start)
                found, needed = f'the section "{title}" has {words} words', f"{limits[0]} to {limits[1]}"
                problems.append(problem("content-missed", page.path, place, found=found, wanted=needed))
    return [
        f'"{title}" in {len(words)} of {len(pages)} themes at the top'
        + (f": {min(words)} to {max(words)} words" if words else "")
        for title, words in lengths.items()
    ], problems


def words_apart(survey: Survey, page: EditorPage) -> int:
    """Count the words of a theme outside the sections that have a length of their own."""
    wanted = {title.casefold() for title in survey.settings.content.sections}
    apart = list[Section]()
    for section in find_sections(page.text) if wanted else ():
        if section.title.casefold() in wanted and (not apart or section.start >= apart[-1].end):
            apart.append(section)
    return page.words - sum(words_of_page(page.text[section.start : section.end]) for section in apart)


def _between(limits: tuple[int, int]) -> str:
    return f", in {limits[0]} to {limits[1]} words"
