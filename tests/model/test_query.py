"""The language with which papers are chosen."""

import pytest
from living_survey.model.query import Query, QueryError, Vocabulary, build_query, parse_query, replace_values

from tests.fabricate import key
from tests.pages.birds import bird, survey

WHOLE = survey(
    bird(1, themes=["flight/height"], kind="review", year=2024, facets={"method": ["gps"]}, aliases=["old2001name"],
         authors=[{"family": "van der Meer", "given": "C."}]),
    bird(2, themes=["flight"], kind="observation", year=2023, links={"code": "https://x.org/"},
         authors=[{"family": "Wren", "given": "Ada"}]),
    bird(3, themes=["song"], kind="review", year=2020, authors=[{"family": "Kestrel-Jones", "given": "B."}],
         facets={"method": ["gps", "ringing"]}),
    bird(4, themes=["season", "song"], kind="experiment", year=2025, links=None, authors=[{"team": "Ringers"}],
         venue={"name": "The Twitcher", "short": "Twitcher"}),
    facets={"method": {"title": "Method", "values": {"gps": "By satellite", "ringing": "By ring"}}},
)  # fmt: skip
WORDS = Vocabulary.build(WHOLE)


def found(text: str) -> list[int]:
    """Return the numbers of the made papers that a query finds."""
    numbers = {key(n): n for n in range(1, 5)}
    return [numbers[paper.key] for paper in parse_query(text, WORDS).papers(WHOLE)]


@pytest.mark.parametrize(
    ("text", "papers"),
    [
        ("", {1, 2, 3, 4}), ("theme=flight", {1, 2}), ("theme=flight/height", {1}), ("theme=flight,song", {1, 2, 3, 4}),
        ("theme=season theme=song", {4}), ("kind=review", {1, 3}), ("-kind=review", {2, 4}),
        ("kind=review&year=2024", {1}),
        ("year=2024..", {1, 4}), ("year=..2020,2025", {3, 4}), ("year=2023..2024", {1, 2}),
        ("-year=2023..2024", {3, 4}),
        ("has=code", {2}), ("-has=code,data", {1, 3, 4}), ("method=ringing", {3}), ("method=gps -method=ringing", {1}),
        (f"key={key(3)},old2001name", {1, 3}), ("status=preprint", {3}), ("theme=song -kind=review,experiment", set()),
        ("author=ada-wren", {2}), ("author=Kestrel-Jones,wren", {2, 3}), ("venue=twitcher", {4}),
        ("venue=The-Twitcher", {4}),
    ],
)  # fmt: skip
def test_what_a_query_finds(text: str, papers: set[int]) -> None:
    assert set(found(text)) == papers
    assert found(text) == sorted(found(text), key=key)


def test_papers_come_in_the_order_of_their_keys() -> None:
    keys = [paper.key for paper in parse_query("", WORDS).papers(WHOLE)]
    assert keys == sorted(keys)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("kind=review theme=flight", "theme=flight kind=review"),
        ("-kind=review   year=2024..2024&theme=song,flight", "theme=flight,song year=2024 -kind=review"),
        ("kind=review,review kind=review", "kind=review"),
        ("author=Van-der-Meer key=old2001name", f"author=van-der-meer key={key(1)}"),
        ("method=gps has=code", "has=code method=gps"),
    ],
)
def test_queries_that_ask_for_the_same_have_one_text(text: str, canonical: str) -> None:
    query = parse_query(text, WORDS)
    assert query.text == canonical
    assert parse_query(canonical, WORDS) == query


@pytest.mark.parametrize(
    ("text", "column", "reason", "hint"),
    [
        ("theme=song kidn=review", 12, "unknown key: kidn", 'did you mean "kind"?'),
        ("theme=song -kidn=review", 13, "unknown key: kidn", 'did you mean "kind"?'),
        ("theme=flight,snog", 14, "unknown theme: snog", 'did you mean "song"?'),
        ("kind=reviw", 6, "unknown kind: reviw", 'did you mean "review"?'),
        ("year=soon", 6, "soon is not a year or a range of years", "write 2024, 2023..2025, 2023.. or ..2025"),
        ("-year=2024..2020", 7, "2024..2020 ends before it begins", "write 2020..2024"),
        ("has=cod", 5, "unknown link: cod", 'did you mean "code"?'),
        ("status=lost", 8, "unknown status: lost", "use one of: preprint, published, withdrawn, retracted"),
        ("method=gsp", 8, "unknown method: gsp", 'did you mean "gps"?'),
        ("author=van-der-mer", 8, "unknown author: van-der-mer", 'did you mean "van-der-meer"?'),
        ("venue=jsf", 7, "unknown venue: jsf", 'did you mean "JFS"?'),
        (f"key={key(1)[:-1]}", 5, f"unknown paper: {key(1)[:-1]}", "did you mean"),
        ("song", 1, "song is not a condition", "write key=value: year=2024"),
        ("kind=review, theme=song", 13, "no value for kind", "write values without spaces, with commas between them"),
        ("theme=", 7, "no value for theme", "write values without spaces, with commas between them"),
    ],
)
def test_mistakes_have_their_column_and_a_remedy(text: str, column: int, reason: str, hint: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse_query(text, WORDS)
    error = raised.value
    assert (error.column, error.reason) == (column, reason)
    assert error.hint.startswith(hint)


def test_without_papers_only_what_is_declared_can_be_checked() -> None:
    words = Vocabulary(WHOLE.settings, WHOLE.taxonomy)
    assert parse_query("author=nobody key=nothing2020x venue=nowhere", words).text
    with pytest.raises(QueryError, match="unknown theme: snog"):
        parse_query("theme=snog", words)


def test_options_of_commands_make_the_same_queries() -> None:
    asked = {"theme": ["song", "flight"], "author": ["van der Meer"], "kind": []}
    assert build_query(asked, WORDS) == parse_query("theme=flight,song author=van-der-meer", WORDS)
    assert build_query({}, WORDS) == Query()


def test_values_are_renamed_where_they_stand() -> None:
    text = replace_values("kind=a  -theme=a,a/b,ab year=2020..", "theme", lambda path: {"a": "c"}.get(path, path))
    assert text == "kind=a  -theme=c,a/b,ab year=2020.."
    assert replace_values("subtheme=a&theme=a", "theme", lambda _: "x") == "subtheme=a&theme=x"
