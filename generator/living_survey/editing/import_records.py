"""Bring other people's bibliographies into the folder of papers: read, compare, write, and account for every record.

I/O: reads the files to import, writes paper files.
"""

import copy
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from living_survey.checks.papers import check_papers
from living_survey.disk.replacing import replace_files
from living_survey.editing.convert import Draft, ImportOptions, convert, reason
from living_survey.editing.disputes import leave_out, settle_disputes
from living_survey.editing.matching import KnownPapers
from living_survey.editing.notes import Note, note_files
from living_survey.editing.outcomes import ImportPlan, Outcome, to_tsv
from living_survey.formats.paper_file import to_yaml
from living_survey.formats.record import Reading, Record
from living_survey.loading.validate import check_paper
from living_survey.model.identifiers import KEY_PATTERN, MAX_KEY, RESERVED_NAMES
from living_survey.model.keys import new_key
from living_survey.model.parts import Author
from living_survey.model.private import NOTES
from living_survey.model.schema import MODELINE
from living_survey.model.settings import Settings
from living_survey.model.survey import Survey
from living_survey.model.titles import NAMED
from living_survey.syntax.reading import short
from living_survey.syntax.yaml_reader import MAX_BYTES as MAX_FILE


def build_import(
    survey: Survey,
    readings: Iterable[tuple[str, Reading]],
    options: ImportOptions,
    *,
    keep_keys: bool = False,
    strict: bool = False,
) -> ImportPlan:
    """Decide what becomes of every record. Nothing is written.

    Args:
        survey: The survey that gets the papers.
        readings: (name of the file, what was read).
        options: What is added to every record.
        keep_keys: Whether a record keeps its own key where that can be a citation key and is free.
        strict: Whether a record with an identifier of another work is refused, not imported without it: somebody has
            typed it just now.
    """
    result, known = ImportPlan(), KnownPapers(survey.papers.values())
    taken = {key.lower() for key in [*survey.papers, *survey.aliases]}
    drafts = list[Draft]()
    for name, reading in readings:
        for line, key, why in reading.refused:
            result.outcomes.append(Outcome("refused", f"{name}:{line}" if line else name, key, "", why))
        for line, words in reading.notes:
            result.outcomes.append(Outcome("note", f"{name}:{line}" if line else name, "", "", words))
        own = replace(options, source=_source(survey.settings, name)) if options.source == "" else options
        drafts += [_convert(record, survey, own) for record in reading.records]
    if not strict:
        settle_disputes(drafts, known)
    for draft in drafts:
        outcome = _place(draft, known, taken, result, keep_keys=keep_keys, strict=strict)
        result.outcomes.append(outcome)
        if draft.record.private and outcome.key:
            # A place has the line, which changes from one import to the next.
            source = ", ".join(filter(None, [Path(draft.record.path).name, draft.record.key]))
            result.notes.append(Note(outcome.key, source, draft.record.private))
    check_import(survey, result, options)
    if words := _about_notes(result.notes, kept=options.notes):
        result.outcomes.append(Outcome("note", "", "", "", words))
    return result


def _convert(record: Record, survey: Survey, options: ImportOptions) -> Draft:
    try:
        return convert(record, survey.settings, survey.taxonomy, options)
    except Exception as error:  # noqa: BLE001  (whatever it is, the other records are none the worse)
        return Draft(record, refused=f"could not be read ({short(error)}): correct it and import again")


def _about_notes(notes: Iterable[Note], *, kept: bool) -> str:
    """Count private fields in one line; empty where there are none."""
    counts = Counter(name for note in notes for name in note.fields)
    listed = ", ".join(f"{count} {name}" for name, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])))
    if not listed:
        return ""
    if kept:
        return f"private fields kept in {NOTES}/, which git ignores: {listed}"
    return f"private fields left out: {listed}; survey import --notes keeps them in {NOTES}/"


def write_import(settings: Settings, result: ImportPlan, *, notes: bool = False, report: Path | None = None) -> None:
    """Write the new paper files, all of them or none.

    Args:
        settings: The survey's settings.
        result: What to write.
        notes: Whether private fields are kept in a folder of their own.
        report: File for a table of what became of every record.

    Raises:
        NotesError: If that folder cannot take them; then nothing is written.
        OSError: If one of the files cannot be written; then none is.
    """
    papers = {_file_of(settings, key): _file_text(settings, data) for key, data in result.papers.items()}
    kept = note_files(settings, result.notes) if notes else {}
    table = {report.absolute(): to_tsv(result.outcomes)} if report else {}
    replace_files({**papers, **kept, **table}, root=settings.root, new=papers.keys())


def _file_of(settings: Settings, key: str) -> Path:
    return settings.papers_dir / f"{key}.yaml"


def _unwritable(settings: Settings, data: Mapping[str, Any]) -> str:
    """Return why data cannot be a paper file that is read again, or nothing."""
    try:
        size = len(_file_text(settings, data).encode("utf-8"))
    except UnicodeEncodeError as error:
        return f"half a character, U+{ord(error.object[error.start]):04X}, which cannot be written: correct it"
    return f"a paper file of {size:,} bytes; at most {MAX_FILE:,} are read: shorten it" if size > MAX_FILE else ""


def _file_text(settings: Settings, data: Mapping[str, Any]) -> str:
    return (MODELINE if settings.schema_modeline else "") + to_yaml(data)


def _source(settings: Settings, name: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", Path(name).stem.lower()).strip("-")
    return slug if slug and (not settings.sources or slug in settings.sources) else ""


def _place(
    draft: Draft, known: KnownPapers, taken: set[str], plan: ImportPlan, *, keep_keys: bool, strict: bool
) -> Outcome:
    """Find the place of one record among the papers that there are."""
    record = draft.record
    match = known.find(draft.paper) if draft.paper else None
    while match and match.against and draft.paper and not strict:
        # What records of one work state can grow apart as they are put together.
        leave_out(draft, match.how.removeprefix("same "), f"{match.key} has it, with {match.against}")
        match = known.find(draft.paper) if draft.paper else None
    if draft.refused or draft.paper is None:
        return Outcome("refused", record.place, record.key, "", draft.refused)
    notes = list(record.notes)
    if record.extra:
        notes.append(f"kept under extra: {', '.join(record.extra)}")
    if match and match.against:
        words = f"{match.how} as {match.key}, which has {match.against}: correct one of them"
        return Outcome("refused", record.place, record.key, "", words)
    if match and match.key in known.of_the_survey:
        return Outcome("skipped", record.place, record.key, match.key, f"already in the survey, {match.how}")
    if match:
        merged = _merge_into(plan.papers, match.key, draft, known)
        said = [match.how, *merged, *record.notes]
        return Outcome("merged", record.place, record.key, match.key, "; ".join(said), tuple(said))
    own = record.key if keep_keys and _can_be_key(record.key) and record.key.lower() not in taken else ""
    if keep_keys and not own:
        notes.insert(0, f"the key {record.key or '(none)'} cannot be kept")
    first = Author.model_validate(draft.data["authors"][0])
    key = own or new_key(first, draft.paper.year, draft.paper.title, lambda name: name.lower() in taken)
    if own and "source_keys" in draft.data:
        draft.data["source_keys"] = [name for name in draft.data["source_keys"] if name != own]
        if not draft.data["source_keys"]:
            del draft.data["source_keys"]
    similar = known.similar(draft.paper)
    said = [
        f"likely duplicate of {one.key}: title {one.score}% similar, {one.author} wrote both" for one in similar[:NAMED]
    ]
    if len(similar) > NAMED:
        said.append(f"and of {len(similar) - NAMED} more papers with a similar title")
    plan.papers[key] = draft.data
    taken.add(key.lower())
    known.add(draft.paper.model_copy(update={"key": key}))
    said += notes
    return Outcome("imported", record.place, record.key, key, "; ".join(said), tuple(said), tuple(similar))


def _merge_into(papers: dict[str, dict[str, Any]], key: str, draft: Draft, known: KnownPapers) -> list[str]:
    """Add to a new paper what another record of it knows more; return what was done."""
    other, words = dict(draft.data), list[str]()
    for name in ("doi", "arxiv"):
        owner = known.owner(**{"doi": None, "arxiv": None, name: other.get(name)})
        if owner not in (None, key):
            words.append(f"{name} {other.pop(name)} left out: it belongs to {owner}")
    merged = copy.deepcopy(papers[key])
    words += _merge(merged, other)
    paper, problems = check_paper(key, f"{key}.yaml", merged)
    if paper is None:
        return [*words, f"nothing added: {problems[0].message}"]
    papers[key] = merged
    known.add(paper)
    return words


def _can_be_key(text: str) -> bool:
    return bool(re.fullmatch(KEY_PATTERN, text)) and len(text) <= MAX_KEY and text.lower() not in RESERVED_NAMES


def _merge(data: dict[str, Any], other: Mapping[str, Any], where: str = "") -> list[str]:
    """Add to a paper what another record of it knows more; return what was added and where they differ."""
    words = []
    for name, value in other.items():
        here = f"{where}{name}"
        same = str(value).casefold() == str(data.get(name)).casefold()
        if same or name in ("provenance", "added", "protect", "type", "status"):
            continue
        if name in ("source_keys", "themes"):
            data[name] = list(dict.fromkeys([*data.get(name, []), *value]))
        elif name not in data:
            if name == "published" and not str(value).startswith(str(data.get("year"))):
                words.append(f"published {value} left out: it is not in {data.get('year')}")
                continue
            data[name] = value
            words.append(f"added {here}")
        elif name == "published" and str(value).startswith(str(data[name])):
            data[name] = value
            words.append("added the day to published")
        elif isinstance(value, dict) and isinstance(data[name], dict):
            words += _merge(data[name], value, f"{here}.")
        elif isinstance(value, list):
            words.append(f"kept the {here} of the first")
        else:
            words.append(f"kept {here} {data[name]!s:.60}, not {value!s:.60}")
    return words


def check_import(survey: Survey, result: ImportPlan, options: ImportOptions) -> None:
    """Check new papers among the others: refuse what the survey could not be built with, note what else is wrong.

    Args:
        survey: The survey that gets the papers.
        result: The plan, which is changed.
        options: What was typed, to name the option that is to be changed.
    """
    settings, taxonomy, old = survey.settings, survey.taxonomy, survey.papers.values()
    papers = []
    for key in list(result.papers):
        paper, problems = check_paper(key, f"{settings.papers}/{key}.yaml", result.papers[key])
        why = (
            _unwritable(settings, result.papers[key]) if paper else "; ".join(reason(one, options) for one in problems)
        )
        if paper and not why:
            papers.append(paper)
        else:
            _refuse(result, key, why)
    everything = [*old, *papers]
    tolerant = settings.model_copy(update={"require": ()})
    by_path: dict[str, list[str]] = {}
    for problem in check_papers(tolerant, taxonomy, everything):
        if problem.severity == "error":
            by_path.setdefault(problem.path, []).append(reason(problem, options))
    for key in list(result.papers):
        if messages := by_path.get(f"{settings.papers}/{key}.yaml"):
            _refuse(result, key, "; ".join(messages))
    paths = {f"{settings.papers}/{key}.yaml" for key in result.papers}
    result.problems = [p for p in check_papers(settings, taxonomy, everything) if p.path in paths]


def _refuse(result: ImportPlan, key: str, why: str) -> None:
    """Take a paper back, with all records that went into it."""
    del result.papers[key]
    result.notes = [note for note in result.notes if note.key != key]
    result.outcomes = [
        replace(outcome, status="refused", key="", words=why)
        if outcome.key == key and outcome.status in ("imported", "merged")
        else outcome
        for outcome in result.outcomes
    ]
