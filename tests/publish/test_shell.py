"""The shell: cutting a page open and filling it."""

import subprocess
import sys

import pytest
from living_survey.pages.site_page import SitePage
from living_survey.publish.shell import (
    BODY,
    CANONICAL,
    CRUMBS,
    DESCRIPTION,
    TITLE,
    Shell,
    ShellError,
    add_to_head,
    placeholder_uris,
)

PAGE = (
    f'<head><title>{TITLE}</title><meta content="{DESCRIPTION}"><link href="{CANONICAL}"></head>'
    f"{CRUMBS}<h1>{TITLE}</h1>{BODY}!"
)


def test_slots_are_filled_and_text_is_escaped() -> None:
    page = SitePage("papers/a/", 'A "<b>" & c', "", "<p>body</p>", head="<meta>")
    filled = Shell.build(PAGE, PAGE, canonical=True).fill(page, "https://x.org/", "<nav>way</nav>")
    escaped = "A &#34;&lt;b&gt;&#34; &amp; c"
    assert filled == (
        f'<head><title>{escaped}</title><meta content="{escaped}"><link href="https://x.org/papers/a/"><meta></head>'
        f"<nav>way</nav><h1>{escaped}</h1><p>body</p>!"
    )


def test_pages_that_differ_cannot_be_a_shell() -> None:
    with pytest.raises(ShellError, match="writes what depends on the page"):
        Shell.build(PAGE, PAGE.replace("!", "?"), canonical=True)


@pytest.mark.parametrize("slot", [TITLE, DESCRIPTION, CANONICAL, CRUMBS, BODY], ids=range(5))
def test_a_missing_slot_is_an_error(slot: str) -> None:
    broken = PAGE.replace(slot, "")
    with pytest.raises(ShellError):
        Shell.build(broken, broken, canonical=True)


def test_placeholders_stand_at_the_depth_of_their_pages() -> None:
    assert placeholder_uris(2) == ("x/survey-slot-a.md", "x/survey-slot-b.md")
    assert placeholder_uris(4)[0].count("/") == 3


def test_a_head_gets_its_addition_once() -> None:
    assert add_to_head("<head></head><pre></head></pre>", "<x>") == "<head><x></head><pre></head></pre>"


def test_no_title_can_be_a_slot() -> None:
    code = "from living_survey.publish import shell; print(shell.TITLE, shell.BODY)"
    others = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {TITLE, BODY} & set(others)
