"""`survey problems`. I/O: prints."""

import click

from living_survey.cli.command import main
from living_survey.syntax.errors import SurveyError
from living_survey.syntax.messages import Message, grouped, message_of
from living_survey.syntax.problems import did_you_mean

_HEAD = """# Problems by their codes

Every problem that `survey check`, a build, or the report on a pull request names has a code, in brackets behind its
message. A code stays the same from one version to the next. **Errors** stop the build, *warnings* do not. `…` stands
for what is specific to your file; often the hint in your terminal is more specific than the one here.
"""


@main.command()
@click.argument("code", default="")
def problems(code: str) -> None:
    """Say what the problem of a CODE is and what to do; without one, list all of them as a page in Markdown."""
    if not code:
        click.echo(to_markdown(), nl=False)
        return
    known = [said.code for _, group in grouped() for said in group]
    if code not in known:
        raise SurveyError(f"unknown code: {code}; {did_you_mean(code, known, list_few=False)}".rstrip("; "))
    said = message_of(code)
    click.echo("\n    ".join(filter(None, [_filled(said.message), _filled(said.hint)])))


def to_markdown() -> str:
    """Return the page of all problems."""
    parts = [_HEAD]
    for title, group in grouped():
        rows = [_row(said) for said in group]
        parts.append(
            "\n".join([f"## {title}", "", "| code | | what is wrong | what to do |", "|---|---|---|---|", *rows, ""])
        )
    return "\n".join(parts)


def _row(said: Message) -> str:
    severity = "*warning*" if said.warning else "**error**"
    return f"| `{said.code}` | {severity} | {_cell(said.message)} | {_cell(said.hint)} |"


def _filled(text: str) -> str:
    """Return a text with a sign in place of what is put in."""
    return text.format_map(_Ellipsis())


class _Ellipsis(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def _cell(text: str) -> str:
    """Return a text as a cell of a table: as code, so that nothing in it is read as Markdown."""
    text = _filled(text).replace("|", "\\|")
    return f"`` {text} ``" if "`" in text else f"`{text}`" if text else ""
