"""The survey's block in ``mkdocs.yml``."""

from pathlib import Path

import pytest
from living_survey.loading.settings import load_settings
from living_survey.syntax.problems import ProblemsError, to_text


def write(folder: Path, text: str) -> Path:
    """Write a ``mkdocs.yml``."""
    file = folder / "mkdocs.yml"
    file.write_text(text, encoding="utf-8")
    return file


GOOD = """\
site_name: Birds
site_url: https://example.org/birds
repo_url: https://github.com/birds/survey
markdown_extensions:
  - x: {format: !!python/name:pymdownx.superfences.fence_code_format }
extra: {key: !ENV [KEY, none]}
plugins:
  - search
  - survey:
      kinds: {review: What was read}
      page_size: 20
"""


def test_settings_and_what_follows_from_them(tmp_path: Path) -> None:
    settings = load_settings(write(tmp_path, GOOD))
    assert settings.site_url == "https://example.org/birds/"
    assert (settings.page_size, settings.index_size) == (20, 20)
    assert settings.papers_dir == tmp_path / "papers"
    assert settings.themes_dir == tmp_path / "docs/themes"
    assert settings.edit_url("papers/a.yaml") == "https://github.com/birds/survey/edit/main/papers/a.yaml"
    assert load_settings(tmp_path / "mkdocs.yml", site_url="http://127.0.0.1/").site_url == "http://127.0.0.1/"


def test_a_plugin_without_settings_is_enough(tmp_path: Path) -> None:
    settings = load_settings(write(tmp_path, "site_name: x\nplugins: [survey]\n"))
    assert (settings.page_size, settings.index_size) == (30, 100)


@pytest.mark.parametrize(
    ("old", "new", "report"),
    [
        (
            "page_size: 20",
            "page_sise: 20",
            'mkdocs.yml:11:7: error: unknown field: page_sise [field-unknown]\n    did you mean "page_size"?',
        ),
        (
            "page_size: 20",
            "page_size: many",
            "mkdocs.yml:11:7: error: page_size: many is not a whole number",
        ),
        (
            "page_size: 20",
            "require: [titel]",
            "mkdocs.yml:11:17: error: require.1: titel cannot be required",
        ),
        ("review:", "Review Paper:", "is not lowercase words joined by hyphens"),
        ("page_size: 20", "license: !ENV LICENSE", "mkdocs.yml:11:7: error: INHERIT and tags such as !ENV"),
        ("  - survey:", "  - surveys:", "mkdocs.yml: error: no survey under plugins"),
        ("site_name: Birds", "site_name: [", "error: invalid YAML"),
    ],
)
def test_mistakes_have_their_line(tmp_path: Path, old: str, new: str, report: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        load_settings(write(tmp_path, GOOD.replace(old, new)))
    assert report in to_text(caught.value.problems)


def test_a_folder_without_a_survey(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match="run the command in the survey's folder"):
        load_settings(tmp_path / "mkdocs.yml")
