"""Pages that repeat others are told by their hosts."""

import re

import pytest
from living_survey.model.repeating import HOST, only_repeat, repeats

HOSTS = ("mirror.example", "example.org/papers")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://mirror.example/abs/1", True),
        ("https://www.mirror.example./abs/1", True),
        ("http://MIRROR.example:8443", True),
        ("https://notmirror.example/", False),
        ("https://example.org/papers", True),
        ("https://example.org/papers/1", True),
        ("https://example.org/papers-of-ours", False),
        ("https://example.org/", False),
    ],
)
def test_a_host_stands_for_all_below_it_and_a_path_for_what_begins_with_it(url: str, expected: bool) -> None:
    assert repeats(url, HOSTS) is expected


def test_one_page_of_its_own_is_enough() -> None:
    assert only_repeat(["https://mirror.example/", "https://example.org/papers/1"], HOSTS)
    assert not only_repeat(["https://mirror.example/", "https://arxiv.org/abs/2401.00001"], HOSTS)


@pytest.mark.parametrize("name", ["www.example.org", "https://example.org", "example", "example.org/", "Example.org"])
def test_a_host_has_one_spelling(name: str) -> None:
    assert not re.fullmatch(HOST, name)
