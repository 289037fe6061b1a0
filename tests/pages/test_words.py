"""Every word that pages print stands in the file of labels, and what stands there is printed somewhere."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import jinja2
import pytest
from jinja2 import nodes
from living_survey.model.labels import LabelError, label, labels
from living_survey.model.number import BOUNDS
from living_survey.model.parts import PAPER_TYPES, RELATION_TYPES, STATUSES, SYMMETRIC, Links

from tests.commands import ROOT

GENERATOR = ROOT / "generator/living_survey"
TEMPLATES = sorted([*(GENERATOR / "pages/templates").glob("*.html"), *(GENERATOR / "theme").rglob("*.html")])
NO_WORDS = {"BibTeX", "RIS", "DOI", "arXiv", "iD", "CSV", "JSON"}
"""Names of formats and marks, which read the same in every language."""
READ = ("aria-label", "title", "placeholder", "alt")
"""Attributes that readers meet."""
SCRIPT = GENERATOR / "theme/assets/survey/survey.js"
MACHINES = {"claim_metadata.py", "head.py", "metadata.py", "markdown.py", "navigation.py", "renderer.py"}
"""Modules that write for programs, or no words at all."""
JINJA = jinja2.Environment(autoescape=True)


def words(text: str) -> set[str]:
    """Return the words of a text that are no addresses, names of formats or entities."""
    text = re.sub(r"https?://\S*|&\w+;", " ", text)
    return {word for word in re.findall(r"[A-Za-z]{2,}", text) if word not in NO_WORDS}


def printed(source: str) -> set[str]:
    """Return the words that a template prints by itself: in texts, in attributes that are read, in expressions."""
    html, inside = "", 0
    for _, kind, value in JINJA.lex(source):
        if kind == "data" and not inside:
            html += value
        elif kind.endswith("_begin"):
            inside += 1
        elif kind.endswith("_end"):
            inside, html = inside - 1, html + "\0"
    found = words(re.sub(r"<[^<>]*>", " ", html))
    for attribute in re.findall(rf'(?:{"|".join(READ)})="([^"]*)"', html):
        found |= words(attribute)
    texts = constants(JINJA.parse(source))
    return found.union(*(words(text) for text, put in texts if put or not is_part_of_a_label(text)))


def constants(node: nodes.Node, *, put: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield (text, whether it is printed as it stands) of a template's expressions; addresses are none.

    Arguments of calls are names of labels, which another test looks at.
    """
    if isinstance(node, nodes.Const) and isinstance(node.value, str) and "/" not in node.value:
        yield node.value, put
    for child in node.iter_child_nodes():
        if not isinstance(child, nodes.Call | nodes.Getitem | nodes.Import | nodes.Include | nodes.Extends):
            yield from constants(child, put=put or isinstance(child, nodes.Output))


def all_labels(found: Any = None, path: str = "") -> Iterator[str]:
    """Yield the path of every label."""
    if found is None:
        for name in ("paper", *TOP):
            yield from all_labels(labels(name), name)
    elif isinstance(found, Mapping) and found.keys() != {"one", "other"}:
        for name, inner in found.items():
            yield from all_labels(inner, f"{path}.{name}")
    else:
        yield path


TOP = [
    name
    for name in re.findall(r"^([a-z_]+):", (GENERATOR / "model/labels.yaml").read_text(encoding="utf-8"), re.MULTILINE)
    if name != "paper"
]


def is_part_of_a_label(text: str) -> bool:
    """Whether a text is the name of a label, or of a step to one."""
    return any(text in path.split(".") for path in all_labels())


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_templates_print_no_words_of_their_own(file: Path) -> None:
    assert printed(file.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>{{ x }} papers</p>", {"papers"}),
        ('<a aria-label="Read {{ title }}" class="md-button">BibTeX</a>', {"Read"}),
        ('<input placeholder="Title">', {"Title"}),
        ('{{ "editors" if many else "editor" }}', {"editors", "editor"}),
        ('{% for name in ("Metric", "value") %}{{ name }}{% endfor %}', {"Metric"}),
        ('{% set word = "Cited" %}{{ word }}', {"Cited"}),
        ('<p>{{ label("paper.read") }} · {{ x | join(", ") }} {# a comment #}</p>', set()),
    ],
)
def test_words_in_templates_are_found(source: str, found: set[str]) -> None:
    assert printed(source) == found


def test_the_script_has_no_words_of_its_own() -> None:
    assert words_of_script(SCRIPT.read_text(encoding="utf-8")) == set()
    assert words_of_script('x.textContent = "copied"; y = `Press ${key}`; z("thead th", "Copy")') == {
        "copied", "Press ${key}", "Copy",
    }  # fmt: skip


def words_of_script(source: str) -> set[str]:
    """Return what in a script reads like words: texts with a capital or a space, and what is put into elements."""
    source = re.sub(r"^\s*//.*$", "", source, flags=re.MULTILINE)
    texts = {one or other for one, other in re.findall(r'"([^"\n]*)"|`([^`]*)`', source)}
    put = set(re.findall(r'(?:textContent|innerText|title|placeholder) = "([^"]+)"', source))
    put |= set(re.findall(r'setAttribute\("(?:aria-label|title|placeholder)", "([^"]+)"', source))
    selectors = {"thead th"}
    return put | {text for text in texts if re.search(r"^[A-Z][a-z]|[A-Za-z] [A-Za-z$]", text)} - selectors


def words_of_module(source: str) -> set[str]:
    """Return the texts in code that read like words: several of them, or one with a capital that is no class."""
    tree = ast.parse(source)
    classes = {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    like_words = re.compile(r"[A-Za-z]{2,},? [A-Za-z]{2,}|^[A-Z][a-z]+$")
    code = re.compile(r'[<="]')
    return {text for text in texts_of(tree) if like_words.search(text) and not code.search(text)} - classes


def test_modules_of_pages_print_no_words_of_their_own() -> None:
    files = [*(GENERATOR / "pages").glob("*.py"), GENERATOR / "search/guides.py"]
    found = {file.name: words_of_module(file.read_text(encoding="utf-8")) for file in files}
    assert {name: texts for name, texts in found.items() if texts and name not in MACHINES} == {}
    assert words_of_module('"""A docstring."""\nx = f"{n} papers of all"\ny = "Venues"\nz: "Pager" = label("a.b")') == {
        "… papers of all", "Venues", "Pager",
    }  # fmt: skip


def texts_of(tree: ast.AST) -> Iterator[str]:
    """Yield the texts in code, without docstrings, messages about mistakes and names of types."""
    if isinstance(tree, ast.Constant) and isinstance(tree.value, str):
        yield tree.value
    if isinstance(tree, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in tree.values)
        return
    for child in ast.iter_child_nodes(tree):
        called = getattr(getattr(child, "func", None), "id", "")
        is_docstring = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
        of_a_mistake = called == "Problem" or (
            isinstance(child, ast.Assign) and "hint" in ast.unparse(child.targets[0])
        )
        if not is_docstring and not of_a_mistake:
            yield from texts_of(child)


def patterns() -> Iterator[str]:
    """Yield patterns of what code and templates name: texts, with a hole where something is put in."""
    hole = r"[^.]+"
    for file in GENERATOR.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield re.escape(node.value)
            elif isinstance(node, ast.JoinedStr):
                yield "".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else hole for p in node.values)
    for file in TEMPLATES:
        tree = JINJA.parse(file.read_text(encoding="utf-8"))
        yield from (re.escape(node.value) for node in tree.find_all(nodes.Const) if isinstance(node.value, str))
        for joined in tree.find_all(nodes.Concat):
            yield "".join(re.escape(str(p.value)) if isinstance(p, nodes.Const) else hole for p in joined.nodes)


def unused(paths: Iterable[str]) -> list[str]:
    """Return the labels of these paths that neither code nor a template names."""
    begins = tuple(f"{name}\\." for name in ("paper", *TOP))
    named = {pattern for pattern in patterns() if pattern.startswith(begins)}
    for file in GENERATOR.rglob("*.py"):  # what is handed on with all that is below it: to a script
        whole = re.findall(r'\blabels\("([\w.]+)"\)', file.read_text(encoding="utf-8"))
        named |= {rf"{re.escape(name)}\..+" for name in whole}
    used = re.compile("|".join(named))
    return [path for path in paths if not used.fullmatch(path)]


def test_every_label_is_used() -> None:
    assert unused(all_labels()) == []
    assert unused(["redirect.nothing", "paper.read", "relations.extends.says", "lists.all.more"]) == [
        "redirect.nothing", "lists.all.more",
    ]  # fmt: skip


def test_every_label_that_is_named_is_there() -> None:
    named = set()
    for file in [*GENERATOR.rglob("*.py"), *TEMPLATES]:
        named |= set(re.findall(r'\blabel\(\s*"([\w.-]+)"\s*[,)]', file.read_text(encoding="utf-8")))
    assert len(named) > 100
    assert named - set(all_labels()) == set()


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("paper.types.{}", PAPER_TYPES), ("paper.statuses.{}", STATUSES), ("relations.{}.says", RELATION_TYPES),
        ("relations.{}.inverse", RELATION_TYPES), ("offers.{}.name", Links.model_fields),
        ("offers.{}.title", Links.model_fields), ("numbers.better.{}", ("higher", "lower")),
        ("numbers.missing.{}", ("baseline", "benchmark", "model", "hardware", "estimated", "alone", "uncertain")),
        ("numbers.confidence.{}", ("derived", "estimated")),
        ("numbers.bounds.{}", tuple(bound.replace(" ", "_") for bound in BOUNDS)), ("dates.months.{}", range(1, 13)),
        ("coverage.axes.{}", ("theme", "subtheme", "kind", "year", "offers")),
    ],
)  # fmt: skip
def test_there_are_words_for_all_that_a_paper_can_say(name: str, values: Any) -> None:
    missing = []
    for value in values:
        try:
            label(name.format(value), 2 if ".missing." in name else None, metric="x", amount="x")
        except LabelError:
            missing.append(value)
    assert missing == []


def test_relations_that_read_the_same_both_ways_have_one_word() -> None:
    both = {name: (label(f"relations.{name}.says"), label(f"relations.{name}.inverse")) for name in RELATION_TYPES}
    assert {name for name, (says, inverse) in both.items() if says == inverse} == SYMMETRIC
