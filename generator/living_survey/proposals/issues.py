"""From the answers of an issue form to files of the survey: a paper, a correction, a theme.

Answers are data: they become values of fields, checked like any file, and never a path or a command. I/O: reads the
folder of papers and of themes; asks metadata services through `living_survey.editing.add`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from living_survey.editing.convert import ImportOptions
from living_survey.editing.import_records import build_import
from living_survey.editing.matching import KnownPapers
from living_survey.formats.bibtex.reader import read_bibtex
from living_survey.formats.paper_file import edit_paper, to_yaml
from living_survey.formats.record import Reading, UnreadableError
from living_survey.loading.validate import check_paper
from living_survey.lookup.finding import Found
from living_survey.model.identifiers import KEY_PATTERN, MAX_THEME
from living_survey.model.keys import new_key
from living_survey.model.parts import PRIMARY
from living_survey.model.private import private_part
from living_survey.model.survey import Survey
from living_survey.proposals.forms import NONE, AnswerError
from living_survey.proposals.new_names import add_new_names
from living_survey.syntax.problems import Problem, did_you_mean
from living_survey.syntax.yaml_reader import quoted, read_mapping

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`{}|\\^]{1,500}")


_ANSWERS = {"themes": "the themes", "kind": "the kind", "tldr": "the sentence", "links": "the link to the code"}
"""Field of a paper → the answer that gives it."""


@dataclass(slots=True)
class Proposed:
    """What an issue proposes.

    Attributes:
        title: Of the pull request; made from checked names only.
        files: Path → text, or None for a file that goes.
        words: What should be said about it, as plain text.
    """

    title: str
    files: dict[str, str | None] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)


_NAMING = ("results", "scale", "models", "hardware")
"""Fields of a paper in which names of the registry stand."""
Finder = Callable[[str], Found]
"""Asks the metadata services for an identifier."""


def propose_paper(survey: Survey, answers: Mapping[str, str], find: Finder, today: str) -> Proposed:
    """Turn answers into a paper file.

    Raises:
        AnswerError: If they name no paper, or one that is here.
        ServiceError: If no service knows it.
    """
    if entry := answers.get("entry"):
        return _propose_entry(survey, entry, answers, today)
    themes = tuple(part.strip() for part in answers.get("themes", "").split(",") if part.strip())
    for theme in themes:
        if theme not in survey.by_theme:
            raise AnswerError(f"Unknown theme: {theme}; {did_you_mean(theme, survey.by_theme)}".rstrip("; "))
    words: list[str] = []
    consulted: list[str] = []
    if identifier := answers.get("identifier"):
        found = find(identifier)
        found.record.key = ""
        readings, consulted = [("the services", Reading([found.record]))], found.consulted
        words += [*found.differences, *found.failures]
    elif entry := answers.get("bibtex"):
        try:
            readings = [("the BibTeX entry", read_bibtex(entry, "the BibTeX entry"))]
        except UnreadableError as error:
            raise AnswerError(str(error)) from None
    else:
        raise AnswerError("Give an arXiv id, a DOI, or a BibTeX entry")
    options = ImportOptions(
        themes, answers.get("kind", ""), today, None, abstracts=False, tldr=answers.get("tldr", ""),
        consulted=tuple(consulted), code=answers.get("code", ""), names=_ANSWERS,
    )  # fmt: skip
    plan = build_import(survey, readings, options, strict=True)
    if len(plan.papers) != 1:
        said = "; ".join(f"{outcome.status}: {outcome.words}" for outcome in plan.outcomes if outcome.status != "note")
        raise AnswerError(f"One paper in one issue; {said or 'nothing was found in the entry'}")
    [(key, data)] = plan.papers.items()
    words += [outcome.words for outcome in plan.outcomes if outcome.words]
    return Proposed(f"Add {key}", {f"{survey.settings.papers}/{key}.yaml": to_yaml(data)}, words)


def _propose_entry(survey: Survey, entry: str, answers: Mapping[str, str], today: str) -> Proposed:
    """Turn a whole entry, as the form on the site writes one, into a paper file; its key is made anew."""
    document = read_mapping(entry.encode(), "the entry")
    if document.problems:
        raise AnswerError("; ".join(_said(problem, "The entry") for problem in document.problems))
    data = {**{name: answers[name] for name in ("kind", "tldr") if name in answers}, "added": today, **document.data}
    data.pop("key", None)
    proposed = Proposed("")
    data |= _with_names(survey, {name: data[name] for name in _NAMING if name in data}, proposed)
    paper, problems = check_paper("draft", "the entry", data, survey.taxonomy)
    if paper is None:
        raise AnswerError("; ".join(_said(problem, "The entry") for problem in problems))
    if match := KnownPapers(survey.papers.values()).find(paper):
        raise AnswerError(f"{match.how}: the survey has it as {match.key}")
    taken = {key.lower() for key in (*survey.papers, *survey.aliases)}
    key = new_key(paper.authors[0], paper.year, paper.title.text, lambda name: name.lower() in taken)
    proposed.title = f"Add {key}"
    proposed.files[f"{survey.settings.papers}/{key}.yaml"] = to_yaml(data)
    return proposed


def propose_correction(survey: Survey, answers: Mapping[str, str]) -> Proposed:
    """Turn answers into a changed paper file; its comments stay.

    Raises:
        AnswerError: If the paper or a field does not exist, or nothing changes.
    """
    key = answers.get("paper", "").removesuffix(".yaml")
    key = survey.aliases.get(key, key)
    if key not in survey.papers:
        raise AnswerError(f"Unknown paper: {key[:80]}; {did_you_mean(key, survey.papers)}".rstrip("; "))
    path = f"{survey.settings.papers}/{key}.yaml"
    document = read_mapping(answers.get("changes", "").encode(), "your fields") if answers.get("changes") else None
    if document and document.problems:
        raise AnswerError("; ".join(_said(problem) for problem in document.problems))
    changes = document.data if document else {}
    removed = [name.strip() for name in answers.get("removed", "").split(",") if name.strip()]
    raw = (survey.settings.root / path).read_bytes()
    old = read_mapping(raw, path).data
    for name in removed:
        if name not in old:
            raise AnswerError(f"The entry has no field {name[:80]} to remove")
    changes, removed = _keep_private(old, changes, removed)
    if source := answers.get("source"):
        if not _ADDRESS.fullmatch(source):
            raise AnswerError("Where it says so: an address that begins with https:// belongs there")
        origin = dict(old.get("provenance") or {"source": "correction"})
        if origin.get("basis") != PRIMARY:
            origin.pop("basis", None)  # nobody has said yet what the entry rests on with this address
        origin["consulted"] = list(dict.fromkeys([*origin.get("consulted", []), source]))
        changes = {"provenance": origin, **changes}
    if not removed and all(old.get(name) == value for name, value in changes.items() if name != "provenance"):
        raise AnswerError("Nothing changes: give the fields as they should be")
    proposed = Proposed(f"Correct {key}")
    after = {name: value for name, value in {**old, **changes}.items() if name not in removed}
    changes = {**changes, **_with_names(survey, {name: after[name] for name in _NAMING if name in after}, proposed)}
    proposed.files[path] = edit_paper(raw, path, changes, removed)
    return proposed


def _with_names(survey: Survey, data: Mapping[str, Any], proposed: Proposed) -> dict[str, Any]:
    """Return fields of a paper in the registry's names; names that it lacks go into the proposal.

    Raises:
        AnswerError: If one of them cannot be a name.
    """
    file = survey.settings.root / survey.settings.registry
    text = file.read_bytes().decode("utf-8") if file.is_file() else ""
    found = add_new_names(data, text, survey.settings.registry, {*survey.papers, *survey.aliases})
    if found.text:
        proposed.files[survey.settings.registry] = found.text
        proposed.words += found.words
    return found.changes


def _keep_private(
    old: Mapping[str, Any], changes: Mapping[str, Any], removed: Sequence[str]
) -> tuple[dict[str, Any], list[str]]:
    """Leave to the editors what nobody else is shown of an entry, and who corrects it cannot know of."""
    extra = old.get("extra")
    private = private_part(extra) if isinstance(extra, dict) else {}
    new = changes.get("extra", {} if "extra" in removed else None)
    if not private or not isinstance(new, dict):
        return dict(changes), list(removed)
    return {**changes, "extra": {**new, **private}}, [name for name in removed if name != "extra"]


def propose_theme(survey: Survey, answers: Mapping[str, str]) -> Proposed:
    """Turn answers into a theme's page, and file the named papers under it.

    Raises:
        AnswerError: If the name is taken or cannot be one, or a paper does not exist.
    """
    slug, parent = answers.get("slug", ""), answers.get("parent", NONE)
    if not _SLUG.fullmatch(slug):
        raise AnswerError("Name in its address: use lowercase letters, digits, and hyphens, such as long-context")
    if parent != NONE and parent not in survey.by_theme:
        raise AnswerError(f"Part of: unknown theme: {parent[:80]}; {did_you_mean(parent, survey.by_theme)}")
    path = slug if parent == NONE else f"{parent}/{slug}"
    if len(path) > MAX_THEME:
        raise AnswerError(f"Name in its address: {len(path)} letters, with what it is part of; at most {MAX_THEME}")
    if path in survey.by_theme:
        raise AnswerError(f"The theme {path} already exists")
    docs = survey.settings.relative(survey.settings.themes_dir)
    proposed = Proposed(f"Add the theme {path}")
    if parent != NONE:
        leaf = survey.settings.themes_dir / f"{parent}.md"
        if leaf.is_file():
            # A theme with sub-themes is a folder; the same page, one level down.
            proposed.files[f"{docs}/{parent}.md"] = None
            proposed.files[f"{docs}/{parent}/index.md"] = leaf.read_text(encoding="utf-8")
    head = f"title: {quoted(_line(answers.get('title')))}\ndefinition: {quoted(_line(answers.get('definition')))}\n"
    text = answers.get("text", "")
    proposed.files[f"{docs}/{path}.md"] = f"---\n{head}---\n" + (f"\n{text.strip()}\n" if text else "")
    for key in re.findall(r"[^\s,;]+", answers.get("papers", "")):
        if not re.fullmatch(KEY_PATTERN, key) or key not in survey.papers:
            raise AnswerError(f"Unknown paper: {key[:80]}; {did_you_mean(key, survey.papers)}".rstrip("; "))
        name = f"{survey.settings.papers}/{key}.yaml"
        raw = (survey.settings.root / name).read_bytes()
        themes = [*(survey.papers[key].themes or ()), path]
        proposed.files[name] = edit_paper(raw, name, {"themes": themes}, [])
    return proposed


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _said(problem: Problem, where: str = "Fields as they should be") -> str:
    line = f"line {problem.line}: " if problem.line else ""
    return f"{where}, {line}{problem.message}" + (f" ({problem.hint})" if problem.hint else "")
