"""Plan what changes when a theme gets another path: its files, its sub-themes, its papers, links, the navigation.

I/O: none.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from living_survey.editing.new_name import TEXTS, NewPath
from living_survey.editing.rewrite_pages import Pages, RenamingError
from living_survey.model.identifiers import RESERVED_NAMES
from living_survey.model.survey import Survey
from living_survey.syntax.problems import did_you_mean
from living_survey.syntax.yaml_edit import compose, replace_scalars, to_scalar, walk_nodes

Edit = Callable[[str, Mapping[str, Any], str], None]
"""Changes fields of a paper file: key, fields, and in words what."""


def plan_theme(survey: Survey, pages: Pages, edit: Edit, name: NewPath) -> None:
    """Plan a theme's new path; its old one stays as an alias, and so do those of its sub-themes.

    Raises:
        RenamingError: If the path is taken, or there is nothing to put the theme under.
    """
    old, new = name.old, name.new
    _check(survey, old, new)
    theme = survey.taxonomy.by_path[old]
    _plan_moves(survey, pages, old, new)
    for path in [inner.path for inner in theme.walk()]:
        pages.plan.changes.append(f"theme {path} → {new}{path.removeprefix(old)}, with the alias {path}")
    for paper in survey.papers.values():
        changes = name.fields({field: text for field in TEXTS if (text := getattr(paper, field))}, TEXTS)
        if (themes := [name.of(path) for path in paper.themes or ()]) != [*(paper.themes or ())]:
            changes["themes"] = themes
        if changes:
            edit(paper.key, changes, ", ".join(changes))
    pages.rewrite(
        body=name.page,
        front={inner.source: _with_alias(inner.path, f"{new}{inner.path.removeprefix(old)}") for inner in theme.walk()},
    )
    pages.list_left(rf"(?:themes/|theme=(?:[^\s&]*,)?){re.escape(old)}(?![\w-])")


def _check(survey: Survey, old: str, new: str) -> None:
    taxonomy, folder = survey.taxonomy, survey.settings.relative(survey.settings.themes_dir)
    if reserved := [part for part in new.split("/") if part in RESERVED_NAMES]:
        raise RenamingError(f"the name {reserved[0]} is reserved; choose another one")
    if _isbelow(new, old):
        raise RenamingError(f"{new} is inside {old}: a theme cannot be its own subtheme")
    if new in taxonomy.by_path:
        raise RenamingError(f"the theme {new} exists already; move the papers one by one, or choose another path")
    for other in taxonomy.by_path.values():
        for alias in other.aliases:
            target = NewPath.build(old, new).of(other.path) if _isbelow(other.path, old) else ""
            if _isbelow(alias, new) and alias != target:
                where = f"{alias} is a former path of {other.path}"
                raise RenamingError(f"{where}; delete it under its aliases: first, or choose another path")
    parent = new.rpartition("/")[0]
    if parent and parent not in taxonomy.by_path:
        hint = did_you_mean(parent, taxonomy.by_path, list_few=False) or f"write {folder}/{parent}/index.md"
        raise RenamingError(f"unknown theme: {parent}, to put {taxonomy.by_path[old].title} under; {hint}")


def _plan_moves(survey: Survey, pages: Pages, old: str, new: str) -> None:
    """Say where the files of a theme go, with the pictures among them."""
    settings, taxonomy = survey.settings, survey.taxonomy
    sources = [file.relative_to(settings.docs_dir).as_posix() for file in pages.docs_files()]
    if taxonomy.by_path[old].source == f"themes/{old}.md":
        pages.moved[f"themes/{old}.md"] = f"themes/{new}.md"
    else:
        below = [source for source in sources if source.startswith(f"themes/{old}/")]
        pages.moved |= {source: f"themes/{new}{source.removeprefix(f'themes/{old}')}" for source in below}
    parent = new.rpartition("/")[0]
    if parent and taxonomy.by_path[parent].source == f"themes/{parent}.md":
        pages.moved[f"themes/{parent}.md"] = f"themes/{parent}/index.md"
        name = settings.relative(settings.themes_dir / f"{parent}.md")
        pages.plan.changes.append(f"{name} → {parent}/index.md, because it gets a subtheme")
    if taken := [target for target in pages.moved.values() if target in sources]:
        name = settings.relative(settings.docs_dir / taken[0])
        raise RenamingError(f"{name} exists already; move it away, or choose another path")


def _isbelow(path: str, theme: str) -> bool:
    return path == theme or path.startswith(f"{theme}/")


def _with_alias(old: str, new: str) -> Callable[[str], str]:
    """Return what puts a theme's old path among its aliases; one that it goes back to makes room."""

    def change(front: str) -> str:
        nodes = dict(walk_nodes(compose(front), ()))
        items = [node for path, node in nodes.items() if len(path) == 2 and path[0] == "aliases"]
        if any(node.value == new for node in items):
            return replace_scalars(
                front, lambda path, value: old if path[:1] == ("aliases",) and value == new else None
            )
        if not items:
            end = "\r\n" if front.endswith("\r\n") else "\n"
            return f"{front}aliases: [{to_scalar(old)}]{end}"
        at = items[-1].end_mark.index
        if nodes[("aliases",)].flow_style:
            return f"{front[:at]}, {to_scalar(old)}{front[at:]}"
        line_end = re.compile(r"\r?\n|\Z").search(front, at)
        place = line_end.start() if line_end else at
        indent = " " * nodes[("aliases",)].start_mark.column
        return f"{front[:place]}\n{indent}- {to_scalar(old)}{front[place:]}"

    return change
