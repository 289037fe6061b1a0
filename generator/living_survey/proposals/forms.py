"""GitHub's issue forms for proposals, made from the survey, and the reading of what people write into them.

One list of questions serves both, so that a form and its reader cannot disagree.
https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
I/O: none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from living_survey.model.survey import Survey

FOLDER = ".github/ISSUE_TEMPLATE"
_MOST_CHOICES = 300
"""Themes up to which one is chosen from a list; with more, it is typed."""
_NO_ANSWER = "_No response_"
"""What GitHub writes for a question that was left open."""
NONE = "none"
MAX_ANSWER = 60_000


class AnswerError(Exception):
    """The answers cannot become a proposal: what to mend, in the words of the form."""


@dataclass(frozen=True, slots=True)
class Question:
    """One field of a form.

    Attributes:
        id: Name in the form's address: ``?tldr=…`` fills it in.
        label: What is asked; the heading under which the answer comes back.
        help: A line below it.
        kind: GitHub's type: ``input``, ``textarea`` or ``dropdown``.
        required: Whether GitHub asks for an answer.
        choices: Of a dropdown.
        several: Whether more than one may be chosen.
        language: Of a text that GitHub shows, and returns, as code.
    """

    id: str
    label: str
    help: str
    kind: str = "input"
    required: bool = False
    choices: tuple[str, ...] = ()
    several: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its file, how GitHub presents it, and its questions."""

    name: str
    title: str
    description: str
    intro: str
    questions: tuple[Question, ...] = field(default=())

    @property
    def path(self) -> str:
        """The file, relative to the survey's folder."""
        return f"{FOLDER}/{self.name}.yml"


def build_forms(survey: Survey) -> tuple[Form, ...]:
    """Return the forms of a survey: a paper, a correction, a theme."""
    return (_paper_form(survey), _correction_form(survey), _theme_form(survey))


def _themes(survey: Survey, name: str, label: str, text: str, *, several: bool) -> Question:
    paths = tuple(survey.taxonomy.by_path)
    if 0 < len(paths) <= _MOST_CHOICES:
        choices = paths if several else (NONE, *paths)
        return Question(name, label, text, "dropdown", choices=choices, several=several)
    return Question(name, label, f"{text} Its address on the site, such as a/b; several with commas between.")


def _paper_form(survey: Survey) -> Form:
    kinds = survey.settings.kinds
    kind = Question("kind", "Kind", "What the paper mainly contributes.", "dropdown", choices=tuple(kinds))
    return Form(
        "paper",
        "A new paper",
        "Propose a paper: an identifier, a theme, one sentence.",
        "A pull request is made from what you write. Give an identifier, or else the BibTeX entry.",
        (
            Question("identifier", "arXiv id or DOI", "For example 2306.03078 or 10.1145/3768165, or its address."),
            Question("bibtex", "Or its BibTeX entry", "If it has neither.", "textarea", language="bibtex"),
            Question(
                "entry", "Or its whole entry",
                "As the form on the site writes it; numbers may have names that are new.", "textarea", language="yaml",
            ),
            _themes(survey, "themes", "Themes", "Where readers would look for it.", several=True),
            *([kind] if kinds else []),
            Question("tldr", "In one sentence", f"In your own words, at most {survey.settings.tldr_words} words."),
            Question("code", "Source code", "Its address, where the authors offer it."),
            Question("note", "Anything else", "For the people who read your proposal.", "textarea"),
        ),
    )  # fmt: skip


def _correction_form(survey: Survey) -> Form:
    folder = survey.settings.papers
    return Form(
        "correction",
        "A correction",
        "Something in an entry is wrong or missing.",
        "A pull request is made from what you write. The page of every paper has a form that fills this one in.",
        (
            Question("paper", "Citation key", f"Name of the file in {folder}/ without .yaml.", required=True),
            Question(
                "changes", "Fields as they should be",
                "As in the paper's file: year: 2024. A list is given whole.", "textarea", language="yaml",
            ),
            Question("removed", "Fields to take out", "Names with commas between."),
            Question("source", "Where it says so", "Address at which the fact can be read.", required=True),
            Question("note", "Anything else", "For the people who read your proposal.", "textarea"),
        ),
    )  # fmt: skip


def _theme_form(survey: Survey) -> Form:
    return Form(
        "theme",
        "A new theme",
        "A theme that the survey lacks.",
        "A pull request is made from what you write. Editors decide how the survey is divided.",
        (
            Question("title", "Title of the theme", "As readers see it: Long context and the KV cache.", required=True),
            Question("slug", "Name in its address", "Small letters, digits, hyphens: long-context.", required=True),
            _themes(survey, "parent", "Part of", "The theme to which it belongs, or none.", several=False),
            Question("definition", "What belongs to it", "One sentence.", required=True),
            Question("papers", "Papers", "Citation keys of papers here that belong to it.", "textarea"),
            Question("text", "Text", "A synthesis to begin with, in Markdown without HTML.", "textarea"),
        ),
    )


def to_files(survey: Survey) -> dict[str, str]:
    """Return the forms as GitHub wants them: path → YAML."""
    files = {form.path: _to_yaml(_github_form(form)) for form in build_forms(survey)}
    config: dict[str, Any] = {"blank_issues_enabled": True}
    if survey.settings.site_url:
        address = f"{survey.settings.site_url}contributing/add-a-paper/"
        about = "What an entry says and how it is checked"
        config["contact_links"] = [{"name": "Guide", "url": address, "about": about}]
    files[f"{FOLDER}/config.yml"] = _to_yaml(config)
    return files


def _github_form(form: Form) -> dict[str, Any]:
    body: list[dict[str, Any]] = [{"type": "markdown", "attributes": {"value": form.intro}}]
    for question in form.questions:
        attributes: dict[str, Any] = {"label": question.label, "description": question.help}
        if question.choices:
            attributes["options"] = list(question.choices)
            if question.several:
                attributes["multiple"] = True
        if question.language:
            attributes["render"] = question.language
        item: dict[str, Any] = {"type": question.kind, "id": question.id, "attributes": attributes}
        if question.required:
            item["validations"] = {"required": True}
        body.append(item)
    return {"name": form.title, "description": form.description, "title": f"{form.title}: ", "body": body}


def _to_yaml(data: dict[str, Any]) -> str:
    return "# Made from the survey by: survey forms\n" + yaml.safe_dump(
        data, sort_keys=False, allow_unicode=True, width=110
    )


def read_answers(body: str, forms: Sequence[Form]) -> tuple[Form, dict[str, str]] | None:
    """Read the text of an issue.

    Args:
        body: What GitHub made of a form: each label as a heading, the answer below it.
        forms: The forms that it may come from.

    Returns:
        The form and the answers by the questions' ids, open ones left out; None if it is from no form.
    """
    text = body.replace("\r\n", "\n")
    for form in forms:
        places, at = [], 0
        for question in form.questions:
            # In the order of the form, so that a heading inside an answer is not taken for a question before it.
            found = re.compile(rf"^### {re.escape(question.label)}[ \t]*$", re.MULTILINE).search(text, at)
            if not found:
                break
            places.append((question, found.start(), found.end()))
            at = found.end()
        else:
            ends = [start for _, start, _ in places[1:]] + [len(text)]
            answers = {
                question.id: answer
                for (question, _, begin), end in zip(places, ends, strict=True)
                if (answer := _answer(question, text[begin:end]))
            }
            return form, answers
    return None


def _answer(question: Question, text: str) -> str:
    text = text.strip()[:MAX_ANSWER]
    if text in (_NO_ANSWER, "None", ""):
        return ""
    if question.language:
        # GitHub puts such an answer between fences of its own.
        fenced = re.fullmatch(r"(`{3,})[a-z]*\n(.*?)\n?\1", text, re.DOTALL)
        text = fenced[2].strip() if fenced else text
    return text if question.kind == "textarea" else " ".join(text.split())
