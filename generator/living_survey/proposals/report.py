"""What a proposal does to a survey, as a comment: what is wrong, and how each paper will look.

I/O: none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from living_survey.formats.bibtex.writer import to_bibtex
from living_survey.formats.references.pybtex_styles import to_reference
from living_survey.model.expressions import tldr_of
from living_survey.model.paper import Paper
from living_survey.model.survey import Survey
from living_survey.model.titles import TitleIndex
from living_survey.proposals.markdown import block, code, details, fit, problem_list
from living_survey.proposals.revisions import Change
from living_survey.syntax.problems import Problem, has_errors, summary

MARKER = "<!-- survey: report on this proposal -->"
SHOWN = 10
"""Papers that are shown whole."""
_HIDDEN = {"key", "added", "provenance"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A survey before and after, and what differs.

    Attributes:
        before: The survey as it is.
        after: The survey as it would be; None if it has errors.
        changes: The files.
        problems: What the checks found in the state after.
        asked: Key → what metadata sources say differently.
        preview: Address at which the built site can be had; empty for none.
        formed: File → its text in canonical form, for files that are only not in it.
        names: Lines that the registry lacks for names that are new.
    """

    before: Survey
    after: Survey | None
    changes: Sequence[Change]
    problems: Sequence[Problem] = ()
    asked: Mapping[str, Sequence[str]] = field(default_factory=dict)
    preview: str = ""
    formed: Mapping[str, str] = field(default_factory=dict)
    names: Sequence[str] = ()

    def papers(self) -> list[tuple[str, Paper | None, Paper | None]]:
        """Return (key, before, after) of the papers whose files differ, in the order of keys."""
        folder = f"{self.before.settings.papers}/"
        keys = [
            change.path.removeprefix(folder).removesuffix(".yaml")
            for change in self.changes
            if change.path.startswith(folder) and change.path.endswith(".yaml")
        ]
        after = self.after.papers if self.after else {}
        return [(key, self.before.papers.get(key), after.get(key)) for key in sorted(keys)]


def changed_first(problems: Iterable[Problem], changes: Iterable[Change]) -> list[Problem]:
    """Put problems of changed files first: GitHub shows ten annotations of a step and drops the rest."""
    changed = {change.path for change in changes}
    return sorted(problems, key=lambda one: (one.path not in changed, one.severity != "error", one))


def build_report(proposal: Proposal) -> str:
    """Return the report as Markdown for a comment at GitHub; everything from the proposal stands in it as code."""
    papers = proposal.papers()
    parts = [MARKER, f"## {_headline(proposal, papers)}"]
    if proposal.preview:
        parts.append(f"The built site can be [downloaded as an artifact]({proposal.preview}).")
    changed = {change.path for change in proposal.changes}
    here = [problem for problem in proposal.problems if problem.path in changed]
    elsewhere = [problem for problem in proposal.problems if problem.path not in changed]
    if here:
        parts.append(f"### The checks say\n\n{problem_list(changed_first(here, ()))}")
    for path, text in proposal.formed.items():
        parts.append(f"{code(path)} in canonical form, to put in the place of what is there:\n\n{block(text, 'yaml')}")
    if proposal.names:
        registry = proposal.before.settings.registry
        how = "Names that are new; an editor describes them later. Put these lines into"
        parts.append(f"### New names\n\n{how} {code(registry)}:\n\n{block(chr(10).join(proposal.names), 'yaml')}")
    if has_errors(elsewhere):
        parts.append(f"### In other files\n\n{problem_list([one for one in elsewhere if one.severity == 'error'])}")
    index = TitleIndex(proposal.after.papers.values()) if proposal.after else None
    for key, before, after in papers[:SHOWN]:
        if after and index:
            parts.append(_entry(proposal, key, before, after, index))
        elif before and proposal.after:
            parts.append(f"### Removed: {code(key)}\n\n{code(before.title.text)}\n\n{_removed(proposal, key)}")
    if len(papers) > SHOWN:
        rest = ", ".join(code(key) for key, _, _ in papers[SHOWN : SHOWN + 200])
        parts.append(f"### And {len(papers) - SHOWN} more\n\n{rest}")
    others = [change for change in proposal.changes if not change.path.startswith(f"{_folder(proposal)}/")]
    if others:
        lines = [f"- {change.status}: {code(change.path)}" for change in others[:30]]
        more = [f"- and {len(others) - 30} more"] if len(others) > 30 else []
        parts.append("### Other files: a person has to read them\n\n" + "\n".join(lines + more))
    return fit("\n\n".join(parts) + "\n")


def _folder(proposal: Proposal) -> str:
    return proposal.before.settings.papers


def _headline(proposal: Proposal, papers: Sequence[tuple[str, Paper | None, Paper | None]]) -> str:
    counts = {"added": 0, "changed": 0, "removed": 0}
    paths = {change.path: change.status for change in proposal.changes}
    for key, _, _ in papers:
        counts[paths[f"{_folder(proposal)}/{key}.yaml"]] += 1
    words = [f"{n} paper{'s' if n != 1 else ''} {name}" for name, n in counts.items() if n] or ["no paper changed"]
    state = f"checks: {summary(proposal.problems)}" if proposal.problems else "checks passed"
    return f"{', '.join(words)}; {state}"


def _entry(proposal: Proposal, key: str, before: Paper | None, after: Paper, index: TitleIndex) -> str:
    assert proposal.after is not None  # noqa: S101  (the caller looked)
    lines = [f"### {'Changed' if before else 'Added'}: {code(key)}", "", f"**{code(after.display_title.text)}**", ""]
    lines += [code(to_reference(after, "apa"), 2000), ""]
    if said := tldr_of(proposal.after, after):
        lines += [f"> {code(said)}", ""]
    lines += [f"- {words}" for words in _places(proposal.after, after)]
    if before:
        lines += [f"- {words}" for words in _changes(before, after)]
    for other in index.similar(after):
        found = proposal.after.papers.get(other.key)
        title = f": {code(found.title.text)}" if found else ""
        who = code(other.author)
        lines.append(f"- **Likely duplicate:** {other.score}% similar to {code(other.key)}{title}; {who} wrote both")
    for words in proposal.asked.get(key, ()):
        lines.append(f"- Another source differs: {code(words)}")
    return "\n".join([*lines, "", details("BibTeX", block(to_bibtex(after), "bibtex"))])


def _places(survey: Survey, paper: Paper) -> list[str]:
    """Say where a paper will stand."""
    words = []
    for path in paper.themes or ():
        title = survey.taxonomy.by_path[path].title
        count = len(survey.by_theme[path])
        words.append(f"Stands under {code(title)} ({code(path)}), {count} paper{'s' if count != 1 else ''} with it")
    if not paper.themes:
        words.append("Stands under no theme yet")
    if paper.kind:
        words.append(f"Kind: {code(paper.kind)}")
    address = paper.reader_url
    words.append(f"Readers are sent to {code(address)}" if address else "No address at which it can be read")
    return words


def _changes(before: Paper, after: Paper) -> list[str]:
    """Say which fields differ."""
    old, new = _data(before), _data(after)
    words = []
    for name in sorted(old.keys() | new.keys()):
        if name not in _HIDDEN and old.get(name) != new.get(name):
            was = code(_shown(old[name])) if name in old else "not there"
            words.append(f"{code(name)}: {was} → {code(_shown(new[name])) if name in new else 'taken out'}")
    return words


def _removed(proposal: Proposal, key: str) -> str:
    assert proposal.after is not None  # noqa: S101  (the caller looked)
    kept = proposal.after.aliases.get(key)
    return (
        f"Its address leads to {code(kept)}." if kept else "**Its address will be gone**: no paper has it as an alias."
    )


def _data(paper: Paper) -> dict[str, Any]:
    return paper.model_dump(exclude_none=True)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_shown(inner)}" for name, inner in value.items())
    if isinstance(value, (list, tuple)):
        return "; ".join(_shown(inner) for inner in value)
    return str(value)
