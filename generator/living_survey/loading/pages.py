"""Read the editors' pages: all Markdown files below ``docs/``, each of them once.

I/O: reads the folder.
"""

from pathlib import Path

from living_survey.model.page import EditorPage
from living_survey.model.settings import Settings
from living_survey.syntax.markdown import front_matter_of
from living_survey.syntax.problems import Problem, problem
from living_survey.syntax.reading import reading
from living_survey.syntax.yaml_reader import Document, check_encoding, check_size, read_mapping


def load_pages(settings: Settings) -> tuple[dict[str, EditorPage], list[Problem]]:
    """Read the pages.

    Returns:
        The pages that could be read, by their files relative to ``docs/``, hidden ones apart; and what is wrong.
    """
    pages, problems = dict[str, EditorPage](), list[Problem]()
    for file in sorted(settings.docs_dir.rglob("*.md")):
        source = file.relative_to(settings.docs_dir).as_posix()
        if any(part.startswith(".") for part in source.split("/")):
            continue
        path = settings.relative(file)
        if not file.is_file():
            problems.append(problem("page-is-folder", path))
            continue
        with reading(path):
            page, found = _load_page(file, source, path, proposed=file.is_relative_to(settings.themes_dir))
        problems += found
        if page:
            pages[source] = page
    return pages, problems


def _load_page(file: Path, source: str, path: str, *, proposed: bool) -> tuple[EditorPage | None, list[Problem]]:
    """Read one page. In the texts of themes, which anybody may propose, no character may be one that nobody sees."""
    if too_large := check_size(file.stat().st_size, path):
        return None, too_large
    raw = file.read_bytes()
    if proposed and (unreadable := check_encoding(raw, path)):
        return None, unreadable
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None, check_encoding(raw, path)
    front = front_matter_of(text)
    if front is None:
        return None, [problem("front-matter-open", path, (1, 1))]
    document = read_mapping(front.text.encode("utf-8"), path, first_line=2) if front.text.strip() else Document()
    body, first_line = text[front.end :], text.count("\n", 0, front.end) + 1
    page = EditorPage(
        source,
        path,
        document.data,
        document.positions,
        body,
        first_line,
        has_front=front.end > 0,
        broken=bool(document.problems),
    )
    return page, document.problems
