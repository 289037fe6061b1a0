"""What the engine finds on the survey of this repository, in a real Chromium."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from living_survey.model.survey import Survey
from living_survey.search.files import build_search_files
from playwright.sync_api import Error, Page

from tests.use.search.conftest import Visit, find, names, rank
from tests.use.search.made import with_made, write_site

QUERIES: dict[str, list[Any]] = yaml.safe_load((Path(__file__).parent / "queries.yaml").read_text(encoding="utf-8"))
ALL = [(text, wanted) for queries in QUERIES.values() for text, wanted in queries]


def test_there_are_forty_queries() -> None:
    assert len(ALL) == 40


@pytest.mark.parametrize(("text", "wanted"), ALL, ids=[text for text, _ in ALL])
def test_what_is_wanted_is_among_the_first_three(desk: Page, text: str, wanted: Any) -> None:
    found = find(desk, text)
    print(f"{text}: rank {rank(found, wanted)}")
    assert 1 <= rank(found, wanted) <= 3, names(found)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("2403.20041", "arxiv", "2403.20041"),
        ("arXiv: 2403.20041v3", "arxiv", "2403.20041"),
        ("ARXIV:2403.20041", "arxiv", "2403.20041"),
        ("https://arxiv.org/abs/2403.20041v1", "arxiv", "2403.20041"),
        ("http://www.arxiv.org/pdf/2403.20041.pdf", "arxiv", "2403.20041"),
        ("arxiv.org/html/2403.20041v2#S3", "arxiv", "2403.20041"),
        ("https://huggingface.co/papers/2403.20041", "arxiv", "2403.20041"),
        ("10.48550/arXiv.2403.20041", "arxiv", "2403.20041"),
        ("https://doi.org/10.48550/arXiv.2403.20041v2", "arxiv", "2403.20041"),
        ("hep-th/9901001", "arxiv", "hep-th/9901001"),
        ("https://arxiv.org/abs/math.AG/0101001v1", "arxiv", "math.ag/0101001"),
        ("10.1145/3626246.3653385", "doi", "10.1145/3626246.3653385"),
        ("DOI: 10.1145/3626246.3653385.", "doi", "10.1145/3626246.3653385"),
        ("https://dx.doi.org/10.1145%2F3626246.3653385", "doi", "10.1145/3626246.3653385"),
        ("10.1234/%zz", "doi", "10.1234/%zz"),
        ("Xia2024sheared", "key", "xia2024sheared"),
    ],
)
def test_identifiers_are_known_in_any_form(desk: Page, text: str, kind: str, value: str) -> None:
    assert desk.evaluate("text => tried.identifiersIn(text)", text) == [[kind, value]]


@pytest.mark.parametrize("text", ["serving", "2024", "3.5", "gpt 4", "10 papers", "a/b", "10.5/1", "kv-cache", ""])
def test_words_are_no_identifiers(desk: Page, text: str) -> None:
    assert desk.evaluate("text => tried.identifiersIn(text)", text) == []


def test_an_identifier_that_is_not_here_is_said_and_not_searched_as_words(desk: Page) -> None:
    for text, kind in (("2401.99999", "arxiv"), ("10.1145/1", "doi")):
        found = find(desk, text)
        assert (found["papers"], found["themes"], found["attempt"]) == ([], [], "none")
        assert (found["identifier"]["kind"], found["identifier"]["key"]) == (kind, None)
    assert find(desk, "llm2llm")["papers"][0]["key"] == "lee2024llm2llm"  # no key, so words


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "the of and", "x" * 300, " ".join(f"word{n}" for n in range(60)), "<img src=x>", "%", "\\", "((",
        "王小明",
    ],
)  # fmt: skip
def test_nothing_breaks_and_nothing_is_found_that_is_not_there(desk: Page, text: str) -> None:
    found = find(desk, text)
    assert (found["papers"], found["attempt"]) == ([], "none")


@pytest.mark.parametrize(
    "text", ["constructor", "__proto__", "hasOwnProperty toString", "e", "llm " * 60, "ﬁne‑tuning"]
)
def test_odd_words_are_words(desk: Page, text: str) -> None:
    assert find(desk, text)["attempt"] in ("all", "text", "near", "any", "none")


def test_each_attempt_is_named(desk: Page) -> None:
    attempts = {
        "2403.20041": "identifier",
        "kv cache": "all",
        "a comparative study of xylophone generation using chatgpt": "most",
        "quantizaton": "near",
        "xyzzy": "none",
        "distributed xyzzy": "any",
    }
    assert {text: find(desk, text)["attempt"] for text in attempts} == attempts


def test_a_persons_papers_go_before_those_with_two_other_people_of_these_names(desk: Page) -> None:
    for text in ("Xin Jin", "Jin Xin", "jin, xin"):
        found = find(desk, text)
        assert set(names(found)[0][:3]) == {"jiang2024megascale", "xiang2025servegen", "xu2024survey"}


def test_what_is_found_says_which_words_to_mark(desk: Page) -> None:
    [paper] = [one for one in find(desk, "quantisation guide")["papers"] if one["key"] == "feng2024ecguide"]
    pieces = desk.evaluate("([text, marks]) => tried.marked(text, marks)", [paper["row"][1], paper["marks"]])
    assert [text for text, on in pieces if on] == ["Guide", "Guide", "Quantization"]
    assert "".join(text for text, _ in pieces) == paper["row"][1]


def test_all_that_is_found_is_counted_and_not_only_what_is_shown(desk: Page) -> None:
    found = find(desk, "language model", limit=3)
    assert len(found["papers"]) == 3
    assert len(found["numbers"]) == len(set(found["numbers"])) > 40
    everything = find(desk, "language model", limit=1000)
    assert names(everything)[0][:3] == names(found)[0]


def test_a_file_that_cannot_be_had_is_an_error_and_asked_for_again(visit: Visit, small: Path) -> None:
    page = visit(small)
    page.route("**/search/records.json", lambda route: route.fulfill(status=500))
    with pytest.raises(Error, match=r"500 search/records\.json"):
        find(page, "serving")
    page.unroute("**/search/records.json")
    assert find(page, "serving")["attempt"] == "all"


def test_equal_records_give_equal_files_whatever_their_order(survey: Survey) -> None:
    files = [dict(build_search_files(with_made(survey, count), [])) for count in (1_501, 1_501)]
    assert files[0] == files[1]
    assert {"search/h0.txt", "search/t0.txt", "search/b0.txt", "search/d0.json"} < files[0].keys()


def test_records_and_pieces_find_the_same(visit: Visit, survey: Survey, tmp_path: Path, monkeypatch: Any) -> None:
    pages = []
    for limit in (1_500, 100):
        monkeypatch.setattr(
            "living_survey.search.files.is_small", lambda survey, limit=limit: len(survey.papers) <= limit
        )
        write_site(with_made(survey, 400), tmp_path / str(limit))
        pages.append(visit(tmp_path / str(limit)))
    assert json.loads((tmp_path / "100/search/meta.json").read_text(encoding="utf-8"))["h"]
    # Words of titles and names: those of sentences weigh more where records are read.
    texts = (
        "Xin Jin",
        "mobile llm",
        "webll",
        "Scholkopf",
        "deltzip",
        "Dettmers",
        "phantom of latent",
        "TroL",
        "Klimovic 2023",
    )
    for text in texts:
        both = [find(page, text, limit=5) for page in pages]
        [theirs, ours] = [names(found) for found in both]
        assert theirs[0][:1] == ours[0][:1], text
        assert theirs[1] == ours[1], text
