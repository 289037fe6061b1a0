"""What the generator and the form's scripts have to agree on: keywords, tables, addresses, words."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from living_survey.formats import services
from living_survey.formats.entry import MONTHS
from living_survey.formats.names import WORDS
from living_survey.model import addresses
from living_survey.model.labels import labels
from living_survey.model.schema import paper_schema
from playwright.sync_api import Page

from tests.commands import ROOT
from tests.use.form.scripts import functions, literals, modules, without_comments
from tests.use.form.test_rules import CHECKS, changed
from tests.use.form.visit import open_form

MAPS_OF_SCHEMAS = ("properties", "$defs")
VALUES = (
    "x-words",
    "x-part-of",
    "x-below",
    "x-starts-with",
    "dependentRequired",
    "enum",
    "required",
    "default",
    "const",
)
"""Keywords whose values are no schemas."""


def keywords(schema: Any) -> set[str]:
    """Return every keyword in a schema."""
    found = set()
    if isinstance(schema, list):
        return {word for inner in schema for word in keywords(inner)}
    if isinstance(schema, dict):
        for word, value in schema.items():
            found.add(word)
            if word in MAPS_OF_SCHEMAS:
                found |= {one for inner in value.values() for one in keywords(inner)}
            elif word not in VALUES:
                found |= keywords(value)
    return found


def without(schema: Any, keyword: str) -> Any:
    """Return a schema without a keyword, wherever it stands."""
    if isinstance(schema, list):
        return [without(inner, keyword) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    rest = {}
    for word, value in schema.items():
        if word in MAPS_OF_SCHEMAS:
            value = {name: without(inner, keyword) for name, inner in value.items()}
        elif word not in VALUES:
            value = without(value, keyword)
        if word != keyword:
            rest[word] = value
    return rest


def test_schema_and_scripts_have_the_same_keywords(desk: Page) -> None:
    known = desk.evaluate("tried.KEYWORDS")
    listed = [word for words in known.values() for word in words]
    assert keywords(paper_schema()) == set(listed)


def test_the_documents_list_the_same_keywords() -> None:
    ours = {word for word in keywords(paper_schema()) if word.startswith("x-")}
    text = (ROOT / "docs/contributing/design.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(x-[a-z-]+)` \| \S", text, re.MULTILINE)) == ours
    used = {one for source in modules().values() for one in literals(source) if re.fullmatch(r"x-[a-z-]+", one)}
    assert used == ours


def test_each_keyword_that_the_scripts_check_decides_something(desk: Page) -> None:
    """A rule in the tables that were never asked would leave every verdict as it is."""
    known = desk.evaluate("tried.KEYWORDS")
    checking = {word for part in ("texts", "lists", "mappings", "conditions") for word in known[part]}
    papers = [changed(field, *value) for field, value, _ in CHECKS if len(str(value)) < 6_000]
    verdicts = """([schemas, papers]) => schemas.map(schema => papers.map(data => {
        try { return tried.check(schema, data, tried.survey).length > 0 } catch { return null }
    }))"""
    schema = paper_schema()
    [whole] = desk.evaluate(verdicts, [[schema], papers])
    words = sorted(checking)
    partial = desk.evaluate(verdicts, [[without(schema, word) for word in words], papers])
    assert [word for word, found in zip(words, partial, strict=True) if found == whole] == []


def test_no_table_stands_in_the_scripts_again() -> None:
    tables = {*services.CROSSREF_TYPES, *services.CROSSREF_DATES, *services.DATACITE_TYPES, *MONTHS}
    tables |= {word for words in WORDS.values() for word in words if len(word) > 1}
    tables -= {"published"}  # a field of papers too
    places = r"doi\\?\.org|arxiv\\?\.org|10\\?\.48550|https?:|crossref\.org|datacite\.org|\[A-Za-z\]\[A-Za-z0-9\]"
    found = {(name, one) for name, source in modules().items() for one in literals(source) if one in tables}
    for name, source in modules().items():
        found |= {(name, one) for one in re.findall(places, without_comments(source))}
    assert found == set()


def test_addresses_stand_on_the_page_and_not_in_the_scripts(survey_folder: Path) -> None:
    page = (survey_folder / "site/submit/index.html").read_text(encoding="utf-8")
    assert dict(re.findall(r'data-(schema|survey|titles|paper|paper-data)="\.\./([^"]*)"', page)) == {
        "schema": addresses.SCHEMA, "survey": addresses.FORM, "titles": addresses.TITLES,
        "paper": addresses.paper("{key}"), "paper-data": addresses.paper_file("{key}", ".json"),
    }  # fmt: skip
    pattern = r"\.json|\b(?:api|schema|papers)/"
    found = [(name, one) for name, source in modules().items() for one in literals(source) if re.search(pattern, one)]
    assert found == []


def paths(table: Mapping[str, Any], start: str = "") -> set[str]:
    """Return the paths of all labels below a table."""
    found = set()
    for name, value in table.items():
        plain = isinstance(value, str) or value.keys() == {"one", "other"}
        found |= {f"{start}{name}"} if plain else paths(value, f"{start}{name}.")
    return found


def test_each_label_is_used_and_each_that_is_used_is_there() -> None:
    table = labels("form")
    known = paths(table)
    shape = re.compile(rf"(?:{'|'.join(table)})\.[a-z_.]+")
    used = {one for source in modules().values() for one in literals(source) if shape.fullmatch(one)}
    beginnings = tuple(one for one in used if one.endswith("."))
    on_the_page = {"page.loading", "page.failed"}
    assert {one for one in known - used - on_the_page if not one.startswith(beginnings)} == set()
    assert used - known - set(beginnings) == set()


NO_WORDS = {
    "Team: ",  # in front of a group's name, as people write it and the form reads it
    "DOI ", "arXiv ", "DOI",  # in front of identifiers, in /api/titles.json too
    "Accept", "DIV", "Enter", "TimeoutError", "/Author", "/Number",
    "input, select, textarea, button",
}  # fmt: skip
PRINTED = re.compile(
    r"""(?:\}, |textContent = |append\(|paragraph\(|(?:message|hint|title|description|"aria-label"): )["'`]([^"'`]*)"""
)


def printed_words(source: str) -> list[str]:
    """Return literals that look like words for people: two, one with a capital, or any that is put on the page."""
    attributes = r"""(?:\b(?:class|rel)|"aria-describedby"): "[^"]*\""""
    code = re.sub(attributes, '""', without_comments(source))
    found = [one for one in literals(code) if re.search(r"[A-Za-z]{2,}\W{0,2}\s+[A-Za-z]|^\W?[A-Z][a-z]", one)]
    put = [one for one in PRINTED.findall(code) if re.search(r"[A-Za-z]{3}", re.sub(r"\$\{[^}]*\}?", "", one))]
    return [one for one in [*found, *put] if one not in NO_WORDS]


def test_scripts_print_no_words_of_their_own() -> None:
    assert [(name, one) for name, source in modules().items() for one in printed_words(source)] == []


@pytest.mark.parametrize(
    "line",
    [
        'status.textContent = "copied"', 'element("p", {}, "Copied.")', 'element("p", {}, "nothing yet")',
        "place.append(`${count} things are missing`)", 'found(path, "the field is empty")', 'hint: "fill it in"',
        'const LATER = "Try again later" // text',
    ],
)  # fmt: skip
def test_words_in_a_script_would_be_found(line: str) -> None:
    assert printed_words(line)


def test_modules_and_functions_stay_short() -> None:
    assert {name: source.count("\n") for name, source in modules().items() if source.count("\n") > 400} == {}
    measured = [(name, *one) for name, source in modules().items() for one in functions(source)]
    assert len(measured) > 150
    assert [one for one in measured if one[2] > 60] == []


def test_singular_and_plural_as_on_the_pages(desk: Page) -> None:
    said = desk.evaluate("""[1, 2, 12345].map(count => tried.label("note.first", { count }))""")
    assert said == ["Fix this first:", "Fix these 2 things first:", "Fix these 12,345 things first:"]
    with pytest.raises(Exception, match=r"label note\.nothing"):
        desk.evaluate("""tried.label("note.nothing")""")


def test_messages_and_hints_are_labels(desk: Page) -> None:
    """With every label marked, what is wrong consists of labels and of what the schema and the paper say."""
    papers = [changed(field, *value) for field, value, valid in CHECKS if not valid and len(str(value)) < 6_000]
    words = {part["x-hint"] for part in _parts(paper_schema()) if "x-hint" in part}
    found = desk.evaluate(
        """([marked, papers]) => {
            tried.speak(marked)
            try { return papers.flatMap(data => tried.check(tried.schema, data, tried.survey)) }
            finally { tried.speak(tried.survey.labels) }
        }""",
        [_marked(labels("form")), papers],
    )
    assert len(found) > 100
    assert [one for one in found if "¤" not in one["message"] or not ("¤" in one["hint"] or one["hint"] in words)] == []


def _marked(table: Any) -> Any:
    return {name: _marked(value) for name, value in table.items()} if not isinstance(table, str) else f"¤{table}"


def _parts(schema: Any) -> list[dict[str, Any]]:
    if isinstance(schema, list):
        return [part for inner in schema for part in _parts(inner)]
    return [schema, *(part for inner in schema.values() for part in _parts(inner))] if isinstance(schema, dict) else []


def test_the_form_takes_its_words_and_addresses_from_what_the_page_names(page: Page, address: str) -> None:
    """Files at other addresses, with other words, make the same form."""

    def moved(route: Any) -> None:
        answer = route.fetch()
        html = answer.text().replace(f'"../{addresses.FORM}"', '"../elsewhere.json"')
        route.fulfill(response=answer, body=html)

    def other_words(route: Any) -> None:
        answer = route.fetch(url=f"{address}{addresses.FORM}")
        data = answer.json()
        data["labels"]["form"]["paper"] = "Das Papier"
        route.fulfill(response=answer, body=json.dumps(data))

    page.route(f"{address}submit/", moved)
    page.route(f"{address}elsewhere.json", other_words)
    page.route(f"{address}{addresses.FORM}", lambda route: route.abort())
    open_form(page, address)
    page.get_by_role("heading", name="Das Papier").wait_for()
