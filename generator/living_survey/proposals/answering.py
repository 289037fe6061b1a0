"""What the workflows do: report on a pull request, and turn an issue into one.

The number of a pull request comes from GitHub by the commit that was checked, never from a file that the proposal's own
run has made. I/O: through `living_survey.proposals.github` and `living_survey.proposals.revisions`; temporary folders.
"""

import difflib
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from living_survey.editing.fmt import MENDED, canonical_text
from living_survey.formats.paper_file import form_of
from living_survey.loading.registry import read_registry
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import inspect, load_survey
from living_survey.lookup.client import ServiceError
from living_survey.lookup.differences import differences
from living_survey.lookup.finding import Found
from living_survey.model.schema import schema_files
from living_survey.model.settings import Settings
from living_survey.model.survey import Survey
from living_survey.proposals.forms import AnswerError, build_forms, read_answers, to_files
from living_survey.proposals.github import GitHub, GitHubError
from living_survey.proposals.issues import Proposed, propose_correction, propose_paper, propose_theme
from living_survey.proposals.markdown import block, code, fit, problem_list
from living_survey.proposals.new_names import add_new_names
from living_survey.proposals.report import MARKER, SHOWN, Proposal, build_report
from living_survey.proposals.revisions import Change, changed_files, export, fetch, merge_base, write_files
from living_survey.syntax.errors import SurveyError
from living_survey.syntax.problems import Problem, ProblemsError, has_errors, problem
from living_survey.syntax.reading import REPORT, short
from living_survey.syntax.yaml_reader import read_mapping

_MORE = 16_000_000
"""So many bytes a proposal may have, besides four times what the survey has: a new survey's first one is an import."""
ANSWER = "<!-- survey: answer to this issue -->"
Finder = Callable[[str], Found]


@dataclass(frozen=True, slots=True)
class Context:
    """What an answer needs.

    Attributes:
        settings: Of the survey as it is, in a clone of its repository.
        github: The repository.
        find: Asks the metadata services.
        today: Day on which a paper is added.
    """

    settings: Settings
    github: GitHub
    find: Finder
    today: str


def load_state(config_file: Path, problems: Sequence[Problem] = ()) -> tuple[Survey | None, list[Problem]]:
    """Load the survey in a folder of proposed files; return it, or None, and what the checks find."""
    found = list(problems)
    try:
        settings = load_settings(config_file)
        if not settings.docs_dir.resolve().is_relative_to(settings.root.resolve()):
            place = (settings.lines["docs_dir"], 1)
            raise ProblemsError([problem("settings-outside", settings.config, place)])
    except ProblemsError as error:
        return None, sorted({*found, *error.problems})
    inspection = inspect(settings)
    return inspection.survey, sorted({*found, *inspection.problems})


def describe(
    settings: Settings, base: str, head: str | None, find: Finder | None = None, preview: str = ""
) -> tuple[Proposal, str]:
    """Compare two states of a survey and write the report.

    Args:
        settings: Of the survey's folder, in a git repository.
        base: The branch or commit that is to change.
        head: The proposal's commit; the files as they lie in the folder if None.
        find: Asks the metadata services about added and changed papers; None asks nobody.
        preview: Address of the built site.

    Raises:
        RevisionError: If git does not know the states.
        ProblemsError: If the state before has errors itself.
    """
    changes = changed_files(settings.root, base, head)
    with tempfile.TemporaryDirectory(prefix="survey-") as name:
        before_folder, after_folder = Path(name, "before"), Path(name, "after")
        left_out = export(settings, merge_base(settings.root, base, head or "HEAD"), before_folder)
        before, found = load_state(before_folder / settings.config)
        if before is None:
            raise ProblemsError([*left_out, *found])
        if head is None:
            after, problems = load_state(settings.root / settings.config)
        else:
            limit = _MORE + 4 * sum(file.stat().st_size for file in before_folder.rglob("*") if file.is_file())
            after, problems = load_state(after_folder / settings.config, export(settings, head, after_folder, limit))
        proposal = Proposal(before, after, changes, problems, preview=preview)
        folder = settings.root if head is None else after_folder
        formed, names = _mended(settings, folder, changes, proposal.problems)
        proposal = replace(proposal, formed=formed, names=names)
        if find and after:
            proposal = replace(proposal, asked=_ask(proposal, find))
        return proposal, build_report(proposal)


def _mended(
    settings: Settings, folder: Path, changes: Sequence[Change], problems: Sequence[Problem]
) -> tuple[dict[str, str], list[str]]:
    """Return what a proposal lacks that a program can write.

    Returns:
        Path → canonical text, with the registry's names, of proposed files of which nothing else is wrong; and the
        lines that the registry lacks for names that are new.
    """
    file, path = folder / settings.registry, settings.registry
    old = file.read_bytes() if file.is_file() else b""
    text = old.decode("utf-8", "replace")
    keys = {one.stem for one in (folder / settings.papers).glob("*.yaml")}
    proposed, formed = {change.path for change in changes if change.status != "removed"}, dict[str, str]()
    found = {name: {one.code for one in problems if one.path == name} for name in sorted(proposed)}
    errors = {name: {one.code for one in problems if one.path == name and one.severity == "error"} for name in found}
    for name, codes in found.items():
        if "registry-name-unknown" in codes and name.startswith(f"{settings.papers}/"):
            data = read_mapping((folder / name).read_bytes(), name).data
            with suppress(AnswerError):  # what cannot be a name is reported as unknown
                text = add_new_names(data, text, path, keys).text or text
    registry, _ = read_registry(text.encode("utf-8"), path)
    for name, codes in found.items():
        if codes & {"file-not-canonical", *MENDED} and errors[name] <= {*MENDED, "registry-name-unknown"}:
            form = form_of(name, settings)
            new, _ = canonical_text((folder / name).read_bytes(), name, form, registry, keys)
            formed |= {name: new} if new else {}
    return formed, _new_lines(old.decode("utf-8", "replace"), text)


def _new_lines(old: str, new: str) -> list[str]:
    """Return the lines that a text has more, each block of a registry with its name."""
    lines, block, shown = list[str](), "", ""
    for line in difflib.ndiff(old.splitlines(), new.splitlines()):
        if line[:2] in ("  ", "+ ") and line[2:3].isalpha():
            block = line[2:]
        if line.startswith("+ ") and line[2:].strip():
            if block not in (shown, line[2:]):
                lines.append(block)
            shown = block
            lines.append(line[2:])
    return lines


def _ask(proposal: Proposal, find: Finder) -> dict[str, list[str]]:
    """Ask about the papers that a report shows."""
    asked = {}
    for key, before, after in proposal.papers()[:SHOWN]:
        if not after or not (identifier := after.doi or after.arxiv):
            continue
        if before and (before.title, before.year, before.authors) == (after.title, after.year, after.authors):
            continue
        try:
            found = find(identifier)
            asked[key] = [*differences(after, found.record, "the record of its identifier"), *found.failures]
        except ServiceError as error:
            asked[key] = [f"not compared: {error}"]
    return asked


def answer_run(context: Context, event: Mapping[str, Any]) -> str:
    """Report on the pull request that a finished run has checked; return what was done, for the log.

    Raises:
        GitHubError, RevisionError, ProblemsError: If that cannot be done.
    """
    run = event["workflow_run"]
    if run["event"] != "pull_request":
        return "not the run of a pull request"
    owner = (run.get("head_repository") or {}).get("owner", {}).get("login", "")
    found = [one for one in context.github.pull_requests(owner, run["head_branch"]) if _head(one) == run["head_sha"]]
    if not found:
        return f"no open pull request has the commit {run['head_sha']} as its last"
    pull = found[0]
    number = int(pull["number"])
    fetch(context.settings.root, f"refs/pull/{number}/head", context.github.token)
    preview = f"{run['html_url']}#artifacts" if run.get("conclusion") == "success" else ""
    with _telling(context, number, MARKER, "The proposal could not be read."):
        _, text = describe(context.settings, pull["base"]["sha"], run["head_sha"], context.find, preview)
    context.github.say(number, MARKER, text)
    return f"reported on pull request {number}"


@contextmanager
def _telling(context: Context, number: int, marker: str, words: str) -> Iterator[None]:
    """Whatever goes wrong, say so where somebody waits for an answer; the run ends with the error, and red."""
    try:
        yield
    except GitHubError:
        raise
    except Exception as error:
        reason = str(error) if isinstance(error, SurveyError) else f"{short(error)}; {REPORT}"
        context.github.say(number, marker, fit(f"{marker}\n{words}\n\n{block(reason, 'text')}\n"))
        raise


def _head(pull: Mapping[str, Any]) -> str:
    return str(pull["head"]["sha"])


def answer_issue(context: Context, event: Mapping[str, Any]) -> str:
    """Turn an issue from one of the forms into a pull request, or say what to mend; return what was done.

    Raises:
        GitHubError, RevisionError, ProblemsError: If that cannot be done.
    """
    issue = event["issue"]
    number = int(issue["number"])
    if issue.get("pull_request") or issue.get("state") == "closed":
        return "a pull request, or closed"
    with _telling(context, number, ANSWER, "Thank you. This could not be read; a maintainer has to look."):
        return _answer(context, issue, number)


def _answer(context: Context, issue: Mapping[str, Any], number: int) -> str:
    """Answer an open issue."""
    survey, _ = load_survey(context.settings)
    read = read_answers(str(issue.get("body") or ""), build_forms(survey))
    if read is None:
        return "not from one of the forms"
    form, answers = read
    try:
        proposed = _propose(context, survey, form.name, answers)
    except (AnswerError, ServiceError) as error:
        return _send_back(context, number, code(str(error), 2000))
    with tempfile.TemporaryDirectory(prefix="survey-") as name:
        export(context.settings, "HEAD", Path(name))
        write_files(Path(name), proposed.files)
        after, problems = load_state(Path(name, context.settings.config))
        if after is not None:
            proposed.files |= _made_anew(context.settings, after)
    here = [one for one in problems if one.path in proposed.files and _is_of(one, context.settings)]
    if after is None or has_errors(here):
        text = problem_list([one for one in here if one.severity == "error"] or problems)
        shown = "\n\n".join(block(text or "", "yaml") for path, text in proposed.files.items() if text)
        return _send_back(context, number, f"{text}\n\nThis is what was made of your answers:\n\n{shown}")
    changes = [_change(context.settings.root, path, text) for path, text in proposed.files.items()]
    report = build_report(Proposal(survey, after, changes, here))
    return _open(context, number, proposed, report)


def _is_of(found: Problem, settings: Settings) -> bool:
    """Say whether a problem may be a proposal's: what the registry has besides its new names is not."""
    return found.path != settings.registry or found.severity == "error" or found.code == "registry-name-new"


def _propose(context: Context, survey: Survey, form: str, answers: Mapping[str, str]) -> Proposed:
    if form == "paper":
        return propose_paper(survey, answers, context.find, context.today)
    return propose_correction(survey, answers) if form == "correction" else propose_theme(survey, answers)


def _made_anew(settings: Settings, after: Survey) -> dict[str, str | None]:
    """Return the files made from the survey that a new theme changes, where the survey has them."""
    made: dict[str, str | None] = {}
    for path, text in {**to_files(after), **schema_files(after)}.items():
        file = settings.root / path
        if file.is_file() and file.read_text(encoding="utf-8") != text:
            made[path] = text
    return made


def _change(root: Path, path: str, text: str | None) -> Change:
    if text is None:
        return Change(path, "removed")
    return Change(path, "changed" if (root / path).is_file() else "added")


def _send_back(context: Context, number: int, text: str) -> str:
    words = "Thank you. This cannot be filed yet:"
    how = "Edit the text of this issue above (⋯, Edit); it is read again when you save."
    context.github.say(number, ANSWER, fit(f"{ANSWER}\n{words}\n\n{text}\n\n{how}\n"))
    return f"said what to correct on issue {number}"


def _open(context: Context, number: int, proposed: Proposed, report: str) -> str:
    """Make or renew the branch and the pull request of an issue."""
    github, branch = context.github, f"issue-{number}"
    repository = github.ask("GET", "")
    main, owner = repository["default_branch"], repository["owner"]["login"]
    if (head := github.head_of(branch)) and not github.is_ours(head):
        words = f"Somebody has changed the branch {branch} since: continue there; the issue is not read again."
        github.say(number, ANSWER, f"{ANSWER}\nThank you. {words}\n")
        return f"left branch {branch} alone"
    base = github.head_of(main)
    github.commit(branch, base, proposed.files, f"{proposed.title}\n\nProposed in #{number}")
    notes = "".join(f"\n- {code(words)}" for words in proposed.words)
    body = f"From #{number}; closes it when merged.\n\nCloses #{number}\n{notes}"
    if pulls := github.pull_requests(owner, branch):
        pull = pulls[0]
        github.ask("PATCH", f"pulls/{pull['number']}", {"title": proposed.title, "body": body})
    else:
        data = {"title": proposed.title, "head": branch, "base": main, "body": body, "maintainer_can_modify": True}
        try:
            pull = github.ask("POST", "pulls", data)
        except GitHubError as error:
            if error.status != 403:
                raise
            link = f"{repository['html_url']}/compare/{main}...{branch}?expand=1"
            words = "Workflows may not open pull requests in this repository; a maintainer can, with one click:"
            github.say(number, ANSWER, fit(f"{ANSWER}\nThank you. {words} {link}\n\n{report}"))
            return f"prepared branch {branch}"
    github.say(int(pull["number"]), MARKER, report)
    github.say(number, ANSWER, f"{ANSWER}\nThank you. It is proposed in #{pull['number']}; a person reads it there.\n")
    return f"proposed issue {number} as pull request {pull['number']}"
