"""Where the code of modules is now that the generator had before it was a package of its own. I/O: none."""

from collections.abc import Container

_FOLDER = "generator/"
_PACKAGE = "generator/living_survey/"
MOVED = {
    "adding.py": "editing/add.py",
    "addresses.py": "model/addresses.py",
    "bibliography/biblatex.py": "formats/bibtex/biblatex.py",
    "bibliography/bibtex.py": "formats/bibtex/writer.py formats/entry.py",
    "bibliography/csl.py": "formats/csl/writer.py",
    "bibliography/formats.py": "formats/writers.py",
    "bibliography/metadata.py": "pages/metadata.py",
    "bibliography/references.py": "formats/references/pybtex_styles.py formats/references/apa.py",
    "bibliography/ris.py": "formats/ris/writer.py",
    "checks.py": "checks/papers.py checks/themes.py",
    "citation.py": "loading/citation.py model/survey_citation.py",
    "cli/adding.py": "cli/add.py",
    "cli/checking.py": "cli/check.py cli/fmt.py",
    "cli/derived.py": "cli/schema.py cli/forms.py",
    "cli/exchange.py": "cli/import_.py cli/export.py",
    "cli/proposing.py": "cli/report.py cli/github.py",
    "cli/upkeep.py": "cli/upgrade.py cli/mv.py cli/init.py",
    "content.py": "checks/texts.py",
    "duplicates.py": "model/titles.py checks/papers.py",
    "evidence.py": "model/claims.py publish/numbers.py",
    "importing.py": "editing/import_records.py editing/outcomes.py formats/readers.py",
    "loader.py": "loading/survey.py loading/papers.py loading/pages.py",
    "markup.py": "pages/markdown.py",
    "model.py": "model/paper.py model/parts.py",
    "navigation.py": "pages/navigation.py",
    "pages/blocks.py": "pages/blocks.py pages/theme.py pages/citations.py",
    "pages/overviews.py": "pages/tables.py",
    "pages/renderer.py": "pages/renderer.py pages/site_page.py",
    "pages/site.py": "pages/lists.py pages/paper.py pages/site_page.py",
    "paper_files.py": "editing/fmt.py",
    "problems.py": "syntax/problems.py",
    "proposals/comparing.py": "lookup/differences.py",
    "prose.py": "model/citations.py model/page.py checks/pages.py",
    "renaming.py": "editing/rename.py syntax/yaml_edit.py",
    "replacing.py": "disk/replacing.py disk/files.py",
    "schema.py": "model/schema.py",
    "screening.py": "model/screening.py loading/screening.py",
    "selection.py": "model/selection.py",
    "settings.py": "model/settings.py loading/settings.py syntax/yaml_edit.py",
    "sources/bibtex.py": "formats/bibtex/reader.py formats/bibtex/fields.py formats/bibtex/names.py",
    "sources/cff.py": "formats/cff.py",
    "sources/conversion.py": "editing/convert.py",
    "sources/csl.py": "formats/csl/reader.py",
    "sources/decoding.py": "formats/decoding.py",
    "sources/fields.py": "formats/fields.py",
    "sources/keys.py": "model/keys.py",
    "sources/latex.py": "formats/bibtex/latex.py",
    "sources/markdown.py": "formats/front_matter.py",
    "sources/record.py": "formats/record.py",
    "sources/ris.py": "formats/ris/reader.py",
    "starting.py": "scaffold/init.py scaffold/delivered.py",
    "survey.py": "model/survey.py",
    "taxonomy.py": "model/theme.py checks/theme_texts.py loading/themes.py",
    "upgrading.py": "scaffold/upgrade.py",
    "validation.py": "loading/validate.py checks/papers.py",
    "values.py": "model/values.py model/identifiers.py",
    "yaml_reader.py": "syntax/yaml_reader.py",
    "yaml_writer.py": "formats/paper_file.py model/paper.py",
}
"""Module, below ``generator/`` → the modules that have its code now, below the package, the main one first."""
_FOLDERS = {"templates/": "pages/templates/", "starter/": "scaffold/starter/"}


def new_places(path: str, delivered: Container[str]) -> list[str]:
    """Return the files that have the code of a file that the generator had; none where nothing has it.

    Args:
        path: The file's path in a survey.
        delivered: Paths of the files that the generator has now.
    """
    if not path.startswith(_FOLDER):
        return []
    old = path.removeprefix(_PACKAGE if path.startswith(_PACKAGE) else _FOLDER)
    for before, now in _FOLDERS.items():
        if old.startswith(before):
            old = f"{now}{old.removeprefix(before)}"
    places = (f"{_PACKAGE}{name}" for name in MOVED.get(old, old).split())
    return [place for place in places if place in delivered and place != path]
