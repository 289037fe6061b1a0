"""The command line: ``survey check`` and what it needs. The only module that prints beside the plugin.

I/O: reads the survey; prints.
"""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from generator.adding import plan_addition, propose_themes
from generator.bibliography.bibtex import Include
from generator.bibliography.formats import BY_NAME
from generator.bibliography.references import StyleError, to_reference
from generator.citation import load_citation
from generator.content import RUN, check_against, check_content
from generator.duplicates import check_duplicates
from generator.importing import build_import, check_import, read_files, to_table, to_tsv, write_import
from generator.importing import summary as import_summary
from generator.loader import load_survey, locate
from generator.lookup.client import Client, ServiceError
from generator.lookup.finding import KEYS, Found, find_paper
from generator.model import paper_schema
from generator.paper_files import format_files, paper_files, write_paper_file
from generator.problems import Problem, ProblemsError, did_you_mean, has_errors, summary, to_github, to_json, to_text
from generator.proposals.answering import Context, answer_issue, answer_run, describe
from generator.proposals.forms import FOLDER as FORMS_FOLDER
from generator.proposals.forms import to_files
from generator.proposals.github import GitHub, GitHubError
from generator.proposals.markdown import problem_list
from generator.proposals.report import changed_first
from generator.proposals.revisions import RevisionError, changed_files
from generator.renaming import RenamingError, plan_renaming
from generator.replacing import Replacement
from generator.schema import NAME as SCHEMA_NAME
from generator.schema import to_json as schema_to_json
from generator.selection import Selection, SelectionError, select
from generator.settings import Settings, load_settings
from generator.sources.conversion import Wishes
from generator.sources.record import Reading
from generator.starting import StartError, write_new_survey
from generator.survey import Survey
from generator.upgrading import plan_upgrade
from generator.yaml_writer import to_yaml

RENDERERS = {"text": to_text, "github": to_github, "json": to_json}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="living-survey")
def main() -> None:
    """Keep a literature survey: one YAML file per paper, a page per theme, BibTeX for all."""


config_option = click.option(
    "--config", "config_file", type=click.Path(path_type=Path), default="mkdocs.yml", help="The survey's mkdocs.yml."
)


@main.command()
@config_option
@click.option(
    "--format",
    "form",
    type=click.Choice(list(RENDERERS)),
    default="github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text",
    help="For people, for GitHub's annotations, or for programs.",
)
@click.option("--content", is_flag=True, help="Also what the settings ask of texts: lengths, citations, results.")
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Also find words in a row that texts share with the abstracts of a JSON list of {title, abstract}.",
)
@click.option("--base", help="The branch or commit that is to change: problems of the files that differ come first.")
def check(config_file: Path, form: str, content: bool, against: Path | None, base: str | None) -> None:
    """Check every paper and theme; say what is wrong, where, and what to type instead."""
    problems: list[Problem]
    papers = 0
    try:
        settings = load_settings(config_file)
        survey, problems = load_survey(settings)
        load_citation(settings)
        papers = len(survey.papers)
        problems = locate([*problems, *check_duplicates(settings.papers, survey.papers.values())], settings.root)
        if content:
            counted, found = check_content(survey)
            problems += found
            click.echo("\n".join(counted), err=True)
        if against:
            records = json.loads(against.read_text(encoding="utf-8"))
            shared = check_against(survey, records)
            problems += shared
            click.echo(f"{len(shared)} runs of {RUN} words shared with {len(records)} abstracts", err=True)
    except ProblemsError as error:
        problems = error.problems
    if base:
        try:
            problems = changed_first(problems, changed_files(config_file.absolute().parent, base))
        except RevisionError as error:
            raise click.UsageError(str(error)) from None
    if problems and form == "github" and (job_summary := os.environ.get("GITHUB_STEP_SUMMARY")):
        # Of the annotations of one step GitHub shows ten.
        with Path(job_summary).open("a", encoding="utf-8") as file:
            file.write(f"## {summary(problems)}\n\n{problem_list(problems, 500)}\n")
    if problems or form == "json":
        click.echo(RENDERERS[form](problems))
    if form != "json":
        click.echo(f"{papers} papers: {summary(problems)}" if not has_errors(problems) else summary(problems), err=True)
    sys.exit(1 if has_errors(problems) else 0)


@main.command()
@config_option
@click.option("--check", "only_check", is_flag=True, help="Change nothing; name the files that are not in the form.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def fmt(config_file: Path, only_check: bool, files: tuple[Path, ...]) -> None:
    """Write paper files in canonical form: order of fields, quotes, line lengths. Comments stay.

    Without FILES, all papers of the survey.
    """
    settings = _settings(config_file)
    changed, problems = format_files(settings, files or paper_files(settings), write=not only_check)
    if problems:
        click.echo(to_text(problems), err=True)
    if not only_check:
        for file in changed:
            click.echo(f"formatted {settings.relative(file.absolute())}")
    click.echo(f"{len(changed)} files {'to format' if only_check else 'formatted'}, {len(problems)} problems", err=True)
    sys.exit(1 if problems else 0)


@main.command()
@config_option
@click.option(
    "--format",
    "form",
    type=click.Choice([*BY_NAME, "text"]),
    default="bibtex",
    show_default=True,
    help="text: formatted references.",
)
@click.option(
    "--style", default="apa", show_default=True, help="For --format text: apa, plain, or another of pybtex's."
)
@click.option("--theme", "themes", multiple=True, help="A theme with its sub-themes: serving, serving/routing.")
@click.option("--kind", "kinds", multiple=True, help="A kind of contribution.")
@click.option("--year", "years", multiple=True, help="2024, 2023..2025, 2023.. or ..2025.")
@click.option("--author", "authors", multiple=True, help="A family name or a full name.")
@click.option("--venue", "venues", multiple=True, help="Short or full name of a venue.")
@click.option("--keys", multiple=True, help="Citation keys, joined by commas.")
@click.option("--abstracts", is_flag=True, help="With abstracts, where the survey has them.")
@click.option("--summaries", is_flag=True, help="With the survey's own summaries.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file instead of the terminal.")
def export(
    config_file: Path,
    form: str,
    style: str,
    themes: tuple[str, ...],
    kinds: tuple[str, ...],
    years: tuple[str, ...],
    authors: tuple[str, ...],
    venues: tuple[str, ...],
    keys: tuple[str, ...],
    abstracts: bool,
    summaries: bool,
    output: Path | None,
) -> None:
    """Write the bibliography of a selection: all papers, or those that meet all options given.

    An option may be given several times; a paper needs to meet one of its values.
    """
    try:
        survey, _ = load_survey(load_settings(config_file))
        single = tuple(key.strip() for group in keys for key in group.split(",") if key.strip())
        papers = select(survey, Selection(themes, kinds, years, authors, venues, single))
        if form == "text":
            text = "".join(f"{to_reference(paper, style)}\n" for paper in papers)
        else:
            include = Include(abstract=abstracts, summary=summaries)
            chosen = BY_NAME[form]
            text = chosen.join([chosen.entry(paper, include) for paper in papers])
    except ProblemsError as error:
        click.echo(to_text(error.problems), err=True)
        sys.exit(1)
    except (SelectionError, StyleError) as error:
        raise click.UsageError(str(error)) from None
    if output:
        output.write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"{len(papers)} papers in {output}", err=True)
    else:
        click.echo(text, nl=False)
        click.echo(f"{len(papers)} papers", err=True)


@main.command("import")
@config_option
@click.option("--theme", "themes", multiple=True, help="File every record under this theme.")
@click.option("--kind", default="", help="Kind of contribution of every record.")
@click.option("--keep-keys", is_flag=True, help="Keep the source's keys where they can be citation keys.")
@click.option("--without-abstracts", is_flag=True, help="Leave abstracts out: publishing them may need permission.")
@click.option("--added", default="", help="Day of adding, YYYY-MM-DD; left out: today.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, write nothing.")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Write the table here too, as TSV.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def import_(
    config_file: Path,
    themes: tuple[str, ...],
    kind: str,
    keep_keys: bool,
    without_abstracts: bool,
    added: str,
    dry_run: bool,
    report: Path | None,
    files: tuple[Path, ...],
) -> None:
    """Make paper files of other bibliographies: BibTeX, BibLaTeX, RIS, PubMed, CSL-JSON, CITATION.cff, Markdown.

    FILES are told by their endings: .bib, .ris, .nbib, .json, .cff; a folder is one of Markdown files with front
    matter. A line for every record says what became of it.
    """
    try:
        settings = load_settings(config_file)
        survey = _unfinished(settings)
    except ProblemsError as error:
        click.echo(to_text(error.problems), err=True)
        sys.exit(1)
    _check_wishes(survey, themes, kind)
    wishes = Wishes(themes, kind, added or date.today().isoformat(), abstracts=not without_abstracts)
    result = build_import(survey, read_files(files), wishes, keep_keys=keep_keys)
    if not dry_run:
        write_import(settings, result)
    click.echo(to_table(result.outcomes))
    if report:
        report.write_text(to_tsv(result.outcomes), encoding="utf-8", newline="\n")
    click.echo(f"{import_summary(result)}{' (dry run: nothing written)' if dry_run else ''}", err=True)
    if errors := sum(problem.severity == "error" for problem in result.problems):
        click.echo(f"{errors} things that this survey wants are missing in them: survey check names them", err=True)
    sys.exit(0 if result.count("imported") + result.count("merged") + result.count("skipped") else 1)


@main.command()
@config_option
@click.option("--theme", "themes", multiple=True, help="File the paper under this theme.")
@click.option("--kind", default="", help="Kind of contribution.")
@click.option("--tldr", default="", help="One sentence in your own words.")
@click.option("--abstract", "with_abstract", is_flag=True, help="Keep the abstract, where your survey may show it.")
@click.option("--anyway", is_flag=True, help="Add it though it looks like a paper that is here.")
@click.option("--dry-run", is_flag=True, help="Show the file, write nothing.")
@click.argument("wanted")
def add(
    config_file: Path,
    themes: tuple[str, ...],
    kind: str,
    tldr: str,
    with_abstract: bool,
    anyway: bool,
    dry_run: bool,
    wanted: str,
) -> None:
    """Add a paper: WANTED is an arXiv id, a DOI, the address of its page, its title, or a .bib file.

    arXiv, Crossref and DataCite are asked, OpenAlex and Semantic Scholar too where $OPENALEX_API_KEY and
    $SEMANTIC_SCHOLAR_API_KEY hold a key; what they say is merged and shown with its source.
    """
    try:
        settings = load_settings(config_file)
        survey = _unfinished(settings)
    except ProblemsError as error:
        click.echo(to_text(error.problems), err=True)
        sys.exit(1)
    _check_wishes(survey, themes, kind)
    wishes = Wishes(themes, kind, date.today().isoformat(), abstracts=with_abstract)
    if wanted.lower().endswith(".bib") or Path(wanted).is_file():
        readings, consulted, abstract = list(read_files([Path(wanted)])), [], ""
    else:
        try:
            found = find_paper(_client(settings), settings.services, wanted, pages=True)
        except ServiceError as error:
            click.echo(str(error), err=True)
            sys.exit(1)
        _show_origins(found)
        consulted, abstract = found.consulted, str(found.record.data.get("abstract", ""))
        found.record.key = ""
        readings = [(wanted, Reading([found.record]))]
    result = plan_addition(survey, readings, wishes, tldr=tldr, consulted=consulted)
    click.echo(to_table(result.outcomes))
    alike = [outcome for outcome in result.outcomes if "the same work?" in outcome.words]
    if alike and not anyway:
        click.echo("Nothing was written: if it is another work, say --anyway.", err=True)
        sys.exit(1)
    for key, data in result.papers.items():
        if not themes:
            _offer_themes(survey, data, f"{data['title']} {abstract}")
        if dry_run:
            click.echo(f"\n{settings.papers}/{key}.yaml:\n{to_yaml(data)}")
    if not dry_run:
        write_import(settings, result)
        for key in result.papers:
            click.echo(f"wrote {settings.papers}/{key}.yaml", err=True)
        check_import(survey, result)
        if result.problems:
            click.echo(f"Still missing or wrong:\n{to_text(result.problems)}", err=True)
    sys.exit(0 if result.papers else 1)


@main.command()
@config_option
@click.option("--base", default="origin/main", show_default=True, help="The branch or commit that is to change.")
@click.option("--head", help="The commit that is proposed; without it, the files as they lie here.")
@click.option("--ask", is_flag=True, help="Also ask the metadata services what they say of the papers.")
def report(config_file: Path, base: str, head: str | None, ask: bool) -> None:
    """Show what a proposal does to the survey: the comment that a pull request gets."""
    try:
        settings = load_settings(config_file)
        proposal, text = describe(settings, base, head, _finder(settings) if ask else None)
    except ProblemsError as error:
        click.echo(to_text(error.problems), err=True)
        sys.exit(1)
    except RevisionError as error:
        raise click.UsageError(str(error)) from None
    click.echo(text)
    sys.exit(1 if has_errors(proposal.problems) else 0)


@main.command()
@config_option
@click.option("--check", "only_check", is_flag=True, help="Change nothing; name the forms that are not up to date.")
def forms(config_file: Path, only_check: bool) -> None:
    """Write the issue forms for GitHub, with this survey's themes and kinds to choose from."""
    old = _renew_forms(_survey(config_file), write=not only_check)
    for path in old:
        click.echo(f"{path}: error: not up to date with the survey\n    run: survey forms" if only_check else path)
    sys.exit(1 if only_check and old else 0)


def _renew_forms(survey: Survey, *, write: bool) -> list[str]:
    """Write the issue forms that are not up to date, or only name them."""
    old = []
    for path, text in to_files(survey).items():
        file = survey.settings.root / path
        if file.is_file() and file.read_text(encoding="utf-8") == text:
            continue
        old.append(path)
        if write:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
    return old


@main.command()
@config_option
@click.argument("what", type=click.Choice(["report", "issue"]))
def github(config_file: Path, what: str) -> None:
    """What the workflows run at GitHub: report on a pull request, or turn an issue into one.

    The event is read from $GITHUB_EVENT_PATH; $GITHUB_REPOSITORY, $GITHUB_API_URL and $GITHUB_TOKEN say where to write.
    """
    try:
        event = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text(encoding="utf-8"))
        repository, token = os.environ["GITHUB_REPOSITORY"], os.environ["GITHUB_TOKEN"]
    except KeyError as error:
        raise click.UsageError(f"{error.args[0]} is not set: this runs in a workflow at GitHub") from None
    try:
        settings = load_settings(config_file)
        api = os.environ.get("GITHUB_API_URL", "https://api.github.com")
        context = Context(settings, GitHub(repository, token, api), _finder(settings), date.today().isoformat())
        click.echo((answer_run if what == "report" else answer_issue)(context, event))
    except ProblemsError as error:
        click.echo(to_text(error.problems), err=True)
        sys.exit(1)
    except (GitHubError, RevisionError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)


def _finder(settings: Settings) -> Callable[[str], Found]:
    client = _client(settings)
    return lambda wanted: find_paper(client, settings.services, wanted)


def _unfinished(settings: Settings) -> Survey:
    """Load a survey to add papers to: entries that still lack what it requires do not stop that."""
    survey, _ = load_survey(settings.model_copy(update={"require": ()}))
    return replace(survey, settings=settings)


@main.command()
@config_option
@click.option("--what", type=click.Choice(["paper", "theme"]), default=None, help="For a name that both have.")
@click.option("--dry-run", is_flag=True, help="List the changes, write nothing.")
@click.argument("old")
@click.argument("new")
def mv(config_file: Path, what: str | None, dry_run: bool, old: str, new: str) -> None:
    """Rename the paper or the theme OLD to NEW, everywhere; OLD stays as an alias.

    A paper's file, relations, citations and reading paths follow; a theme's pages, sub-themes, papers and links.
    """
    try:
        settings = load_settings(config_file)
        survey, _ = load_survey(settings)
        files = [file for file in settings.root.iterdir() if file.is_file() and file.suffix in (".md", ".yml", ".cff")]
        files += [file for file in settings.docs_dir.rglob("*") if file.is_file()]
        plan = plan_renaming(survey, old, new, what=what or "", read=Path.read_bytes, files=sorted(files))
    except ProblemsError as error:
        click.echo(to_text(error.problems), err=True)
        click.echo("Nothing was changed: mend this first.", err=True)
        sys.exit(1)
    except RenamingError as error:
        raise click.UsageError(str(error)) from None
    click.echo("\n".join(plan.changes))
    if plan.left:
        click.echo("\n".join(["left as they are, because only you know what is meant there:", *plan.left]))
    if dry_run:
        click.echo(f"{len(plan.changes)} changes (dry run: nothing written)", err=True)
        return
    replacement = Replacement(plan.files)
    try:
        replacement.apply()
        renamed, _ = load_survey(settings)
    except OSError as error:
        click.echo(f"Nothing was changed: {error.filename}: {error.strerror}", err=True)
        sys.exit(1)
    except ProblemsError as error:
        replacement.undo()
        click.echo(to_text(error.problems), err=True)
        click.echo("Nothing was changed: with the new name this would be wrong; mend it first.", err=True)
        sys.exit(1)
    if (settings.root / FORMS_FOLDER).is_dir():
        plan.changes += _renew_forms(renamed, write=True)
    if (settings.papers_dir / SCHEMA_NAME).is_file():
        plan.changes += _renew_schema(renamed, write=True)
    click.echo(f"{len(plan.changes)} changes", err=True)


def _check_wishes(survey: Survey, themes: tuple[str, ...], kind: str) -> None:
    for theme in themes:
        if theme not in survey.by_theme:
            raise click.UsageError(f"there is no theme {theme}; {did_you_mean(theme, survey.by_theme)}".rstrip("; "))
    if kind and kind not in survey.settings.kinds:
        hint = did_you_mean(kind, survey.settings.kinds)
        raise click.UsageError(f"there is no kind {kind}; {hint}".rstrip("; "))


def _client(settings: Settings) -> Client:
    """Return a client that says who asks and keeps its answers in the user's cache folder."""
    who = f"living-survey/{version('living-survey')} ({settings.site_url or settings.site_name or 'a survey'}"
    agent = f"{who}; mailto:{settings.services.contact})" if settings.services.contact else f"{who})"
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    keys = {service: key for service, name in KEYS.items() if (key := os.environ.get(name, "").strip())}
    return Client(agent.encode("ascii", "replace").decode("ascii"), home / "living-survey", keys=keys)


def _show_origins(found: Found) -> None:
    """Say which service each field is from, and where they differ."""
    for name, value in found.record.data.items():
        if name != "abstract":
            text = f"{len(value)} names" if isinstance(value, list) else str(value)
            click.echo(f"  {name:14} {text[:80]:80}  {found.origins.get(name, '')}", err=True)
    for words in [*found.differences, *found.failures]:
        click.echo(f"  but {words}", err=True)


def _offer_themes(survey: Survey, data: dict[str, Any], text: str) -> None:
    """Propose themes; ask where somebody is there to answer."""
    proposed = propose_themes(survey, text)
    lines = [f"  {n}  {path}  ({score:.2f})" for n, (path, score) in enumerate(proposed, 1)]
    click.echo("\n".join(["Themes whose papers read most like it:", *lines]), err=True)
    if proposed and sys.stdin.isatty():
        numbers = [str(n) for n in range(len(proposed) + 1)]
        chosen = click.prompt("Which? 0 for none", type=click.Choice(numbers), default="1", err=True)
        if chosen != "0":
            data["themes"] = [proposed[int(chosen) - 1][0]]


@main.command()
@click.option("--title", prompt="Title of the survey", help="As it stands on the site.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path, title: str) -> None:
    """Start a new survey in FOLDER: pages, a sample paper, workflows for GitHub, tests, and the generator itself."""
    try:
        names = write_new_survey(folder, title)
    except StartError as error:
        raise click.UsageError(str(error)) from None
    click.echo(f"{folder}: {', '.join(names)}")
    click.echo(f"Next: cd {folder} && make site test; README.md there says how to go on", err=True)


@main.command()
@click.option("--force", is_flag=True, help="Replace files that were changed by hand, too.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, write nothing.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
def upgrade(folder: Path, force: bool, dry_run: bool) -> None:
    """Bring the generator of the survey in FOLDER to this version.

    Papers, pages, mkdocs.yml, README.md and CITATION.cff stay; so do files of the generator that you changed yourself:
    their new versions lie beside them, with .new behind the name.
    """
    try:
        plan = plan_upgrade(folder, force=force)
        if not dry_run:
            Replacement(plan.files, plan.programs).apply()
    except StartError as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        click.echo(f"Nothing was changed: {error.filename}: {error.strerror}", err=True)
        sys.exit(1)
    click.echo("\n".join(plan.lines) or "everything is as this version delivers it")
    end = " (dry run: nothing written)" if dry_run else f"; next: cd {folder} && make format check test"
    click.echo(f"{plan.old} → {plan.new}{end}", err=True)
    if plan.beside:
        click.echo(f"Take over from the {len(plan.beside)} .new files what you want, then delete them.", err=True)


def _settings(config_file: Path) -> Settings:
    """Load the settings, or say what is wrong with them and stop."""
    try:
        return load_settings(config_file)
    except ProblemsError as error:
        click.echo(to_text(error.problems), err=True)
        sys.exit(1)


@main.command()
@config_option
@click.option("--survey", "own", is_flag=True, help="With this survey's themes, kinds and attributes to choose from.")
@click.option("--write", is_flag=True, help="Write that one into the folder of papers, where editors find it.")
@click.option("--check", "only_check", is_flag=True, help="Change nothing; say whether the file there is up to date.")
def schema(config_file: Path, own: bool, write: bool, only_check: bool) -> None:
    """Print the JSON Schema of a paper file, for editors and forms."""
    if not (own or write or only_check):
        click.echo(json.dumps(paper_schema(), ensure_ascii=False, indent=2))
        return
    survey = _survey(config_file)
    if write or only_check:
        for path in _renew_schema(survey, write=write):
            click.echo(path if write else f"{path}: error: not up to date\n    run: survey schema --write")
            sys.exit(0 if write else 1)
    else:
        click.echo(schema_to_json(survey), nl=False)


def _renew_schema(survey: Survey, *, write: bool) -> list[str]:
    """Write the schema for editors if it is not up to date, or only name it."""
    file, text = survey.settings.papers_dir / SCHEMA_NAME, schema_to_json(survey)
    if file.is_file() and file.read_text(encoding="utf-8") == text:
        return []
    if write:
        write_paper_file(file, text)
    return [survey.settings.relative(file)]


def _survey(config_file: Path) -> Survey:
    """Load the survey, or say what is wrong with it and stop."""
    try:
        return load_survey(load_settings(config_file))[0]
    except ProblemsError as error:
        click.echo(to_text(error.problems), err=True)
        sys.exit(1)
