"""The theme tree in the site's navigation.

I/O: none.
"""

from typing import Any

from living_survey.model.theme import Taxonomy, Theme

MARKER = "themes/"
"""An entry of ``nav`` with this value stands for all themes."""
WIDE = "---\nhide: [navigation, toc]\n---\n"
"""Front matter of a page that has the width of the host's navigation too: its own stands there."""


def expand_themes(nav: list[Any], taxonomy: Taxonomy) -> list[Any]:
    """Replace ``- Themes: themes/`` by the theme tree, with titles and order from the themes' files."""
    expanded = []
    for entry in nav:
        if isinstance(entry, dict):
            (title, value), *_ = entry.items()
            if value == MARKER:
                value = ["themes/index.md", *(_entry(theme) for theme in taxonomy.themes)]
            elif isinstance(value, list):
                value = expand_themes(value, taxonomy)
            expanded.append({title: value})
        else:
            expanded.append(entry)
    return expanded


def _entry(theme: Theme) -> dict[str, Any]:
    if theme.children:
        return {theme.title: [theme.source, *(_entry(child) for child in theme.children)]}
    return {theme.title: theme.source}
