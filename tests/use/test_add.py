"""``survey add`` against servers on this machine that answer as arXiv, Crossref and DataCite do, well and badly."""

import json
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from living_survey.editing.add import propose_themes
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_survey
from living_survey.lookup.client import Client, NotKnownError, ServiceError
from living_survey.lookup.finding import find_paper
from living_survey.model.settings import Services

from tests.commands import ROOT, run_survey
from tests.fabricate import write_survey
from tests.metadata_server import ARXIV, CROSSREF, PAGE, Answer, MetadataServer, usual


@pytest.fixture
def service() -> Iterator[MetadataServer]:
    with MetadataServer() as started:
        yield started


@pytest.fixture
def folder(tmp_path: Path, service: MetadataServer) -> Path:
    names = ("arxiv", "crossref", "datacite", "openalex", "semantic_scholar")
    addresses = {name: f"{service.url}/{name}" for name in names}
    settings = {"services": {**addresses, "contact": "birds@example.org"}, "require": ["themes", "tldr"]}
    return write_survey(tmp_path / "survey", 8, settings=settings).parent


def add(folder: Path, *arguments: str, **keys: str) -> subprocess.CompletedProcess[str]:
    """Run ``survey add`` with a cache of its own, and with keys in the environment."""
    return run_survey(folder, "add", *arguments, **{"XDG_CACHE_HOME": str(folder.parent / "cache"), **keys})


@pytest.mark.parametrize(
    "wanted",
    [
        "2401.00001",
        "arXiv:2401.00001v2",
        "10.48550/arXiv.2401.00001v2",
        "https://arxiv.org/pdf/2401.00001v1.pdf",
        "https://arxiv.org/abs/2401.00001?context=q-bio",
        "https://huggingface.co/papers/2401.00001",
    ],
)
def test_an_arxiv_id_in_any_form_becomes_a_preprint(folder: Path, service: MetadataServer, wanted: str) -> None:
    done = add(folder, wanted, "--theme", "song", "--kind", "observation", "--tldr", "Hears birds.")
    assert done.returncode == 0, done.stderr
    text = (folder / "papers/dewren2024songs.yaml").read_text(encoding="utf-8")
    start = "title: Songs of the reed warbler at night\nauthors:\n  - {family: de Wren, given: Ada}\n"
    assert text.startswith(start)
    assert 'first_public: 2024-01-02\ntype: preprint\nstatus: preprint\narxiv: "2401.00001"\n' in text
    assert "abstract" not in text
    assert "Still missing" not in done.stderr
    assert "consulted:\n    - https://arxiv.org/abs/2401.00001\n" in text
    assert "(https://birds.example.org/survey/; mailto:birds@example.org)" in service.asked[0][1]
    assert run_survey(folder, "check").returncode == 0


def test_a_doi_is_asked_at_crossref_and_its_markup_taken_out(folder: Path) -> None:
    done = add(folder, "https://doi.org/10.5555/songs")
    assert done.returncode == 0, done.stderr
    [file] = set((folder / "papers").glob("*2025*.yaml"))
    text = file.read_text(encoding="utf-8")
    assert text.startswith("title: Songs of the reed warbler at night & day\n")
    assert '  - {family: de Wren, given: Ada, orcid: "0000-0002-1825-0097"}\n  - {team: Bird Board}\n' in text
    assert 'venue:\n  name: Ibis Letters\n  volume: "3"\n  pages: "1-9"\n  publisher: Feather Press\n' in text
    assert f"Still to do:\n{file.relative_to(folder)}:1:1: error: " in done.stderr
    assert "Themes whose papers read most like it:\n  1  " in done.stderr


def test_what_crossref_does_not_know_datacite_may(folder: Path) -> None:
    assert add(folder, "10.5555/data").returncode == 0
    text = (folder / "papers/crane2023tracks.yaml").read_text(encoding="utf-8")
    assert "type: dataset\nvenue:\n  name: Field Archive\ndoi: 10.5555/data\n" in text


def test_the_publishers_facts_win_and_arxivs_stay(folder: Path, service: MetadataServer) -> None:
    doi = "<arxiv:doi>10.5555/songs</arxiv:doi>"
    service.answers = lambda path: (200, {}, (ARXIV % doi).encode()) if path.startswith("/arxiv") else usual(path)
    done = add(folder, "2401.00001")
    [file] = set((folder / "papers").glob("*2025*.yaml"))
    text = file.read_text(encoding="utf-8")
    assert "type: article\n" in text
    assert 'arxiv: "2401.00001"\n' in text
    assert "first_public: 2024-01-02\n" in text
    assert "but title: arXiv says Songs of the reed warbler at night" in done.stderr
    assert "but year: arXiv says 2024" in done.stderr


def test_a_title_is_found_or_the_nearest_are_named(folder: Path) -> None:
    assert add(folder, "Songs of the reed warbler, at night and day", "--dry-run").returncode == 0
    done = add(folder, "Songs of something else")
    assert done.returncode == 2
    assert (
        "no paper of that title was found; the nearest are:\n    10.5555/songs  de Wren, 2025: Songs of the"
        in done.stderr
    )


def test_a_title_that_only_arxiv_knows_is_found_there(folder: Path, service: MetadataServer) -> None:
    service.answers = lambda path: (200, {}, b'{"message": {}}') if path.startswith("/crossref/works?") else usual(path)
    assert add(folder, "Songs of the reed warbler at night").returncode == 0
    assert "dewren2024songs" in {file.stem for file in (folder / "papers").iterdir()}


def test_a_title_of_two_works_by_others_is_not_guessed(folder: Path, service: MetadataServer) -> None:
    other = {**CROSSREF, "title": ["Songs of the reed warbler at night"], "author": [{"family": "Rail", "given": "R."}]}
    items = json.dumps({"message": {"items": [other]}}).encode()
    service.answers = lambda path: (200, {}, items) if path.startswith("/crossref/works?") else usual(path)
    done = add(folder, "Songs of the reed warbler at night")
    assert done.returncode == 2
    assert "several papers have that title; the nearest are:" in done.stderr
    assert "10.5555/songs  Rail, 2025: Songs of the reed warbler at night" in done.stderr
    assert "2401.00001  de Wren, 2024: Songs of the reed warbler at night" in done.stderr


def test_a_title_is_found_though_one_service_is_down(folder: Path, service: MetadataServer) -> None:
    service.answers = lambda path: (403, {}, b"") if path.startswith("/crossref") else usual(path)
    done = add(folder, "Songs of the reed warbler at night", "--dry-run")
    assert done.returncode == 0
    assert "but Crossref refuses (403)" in done.stderr


def test_services_that_want_a_key_are_asked_with_it_alone(folder: Path, service: MetadataServer) -> None:
    assert add(folder, "10.5555/songs", "--dry-run").returncode == 0
    assert not [path for path, _ in service.asked if "openalex" in path or "semantic" in path]
    keys = {"OPENALEX_API_KEY": "open-secret", "SEMANTIC_SCHOLAR_API_KEY": "scholar-secret"}
    done = add(folder, "10.5555/songs", **keys)
    assert done.returncode == 0, done.stderr
    [file] = set((folder / "papers").glob("*2025*.yaml"))
    text = file.read_text(encoding="utf-8")
    # Crossref knows the DOI, OpenAlex the preprint of it, arXiv when that came out.
    assert 'arxiv: "2401.00001"\n' in text
    assert "first_public: 2024-01-02\n" in text
    assert "https://api.openalex.org/works/doi:10.5555/songs\n" in text
    told = [line.split() for line in done.stderr.splitlines() if line[:2] == "  "]
    origins = {words[0]: words[-1] for words in told}
    assert (origins["doi"], origins["arxiv"], origins["first_public"]) == ("Crossref", "arXiv", "arXiv")
    asked = dict(zip([path for path, _ in service.asked], service.headers, strict=True))
    assert asked["/openalex/works/doi:10.5555/songs?api_key=open-secret"]
    [scholar] = [headers for path, headers in asked.items() if path.startswith("/semantic_scholar")]
    assert scholar["x-api-key"] == "scholar-secret"
    kept = b"".join(file.read_bytes() for file in (folder.parent / "cache").rglob("*") if file.is_file())
    assert b"secret" not in kept + text.encode() + (done.stdout + done.stderr).encode()


def test_a_publication_that_somebody_matched_is_taken_when_it_has_the_title(
    folder: Path, service: MetadataServer
) -> None:
    done = add(folder, "2401.00001", "--dry-run", SEMANTIC_SCHOLAR_API_KEY="k")
    assert "  doi            10.5555/songs" in done.stderr
    assert "  type           article" in done.stderr
    assert "but title: arXiv says Songs of the reed warbler at night" in done.stderr

    other = {**CROSSREF, "title": ["Quite another work"]}
    answer: Answer = (200, {}, json.dumps({"message": other}).encode())
    service.answers = lambda path: answer if path.startswith("/crossref") else usual(path)
    fresh = {"SEMANTIC_SCHOLAR_API_KEY": "k", "XDG_CACHE_HOME": str(folder)}
    done = add(folder, "2401.00001", "--dry-run", **fresh)
    words = "but doi: Semantic Scholar says 10.5555/songs, which is de Wren, 2025: Quite another work: left out"
    assert words in done.stderr
    assert "  type           preprint" in done.stderr
    assert "but venue: Semantic Scholar says Ibis Letters; the entry is the preprint" in done.stderr
    assert "\ndoi:" not in done.stdout


def test_a_key_does_not_follow_to_another_host(service: MetadataServer) -> None:
    with MetadataServer() as other:
        service.answers = always(302, Location=f"{other.url}/elsewhere")
        other.answers = always(200, b"{}")
        Client("test").json("Semantic Scholar", f"{service.url}/x", secret_headers={"x-api-key": "secret"})
        assert service.headers[0]["x-api-key"] == "secret"
        assert [path for path, _ in other.asked] == ["/elsewhere"]
        assert "secret" not in str(other.headers)


def test_the_page_of_a_paper_is_read_for_what_publishers_write_there(folder: Path, service: MetadataServer) -> None:
    done = add(folder, f"{service.url}/page")
    assert done.returncode == 0, done.stderr
    text = (folder / "papers/tern2023gulls.yaml").read_text(encoding="utf-8")
    assert text.startswith(
        "title: Gulls & terns on the wing\nauthors:\n  - {family: Tern, given: Té}\n  - {family: Gull, given: Ursula}\n"
    )
    assert 'type: inproceedings\nvenue:\n  name: Conference on Gulls\n  pages: "7-12"\n' in text
    assert f"url: {service.url}/page\n" in text


@pytest.mark.parametrize(
    "rest", ["10.5555%2Fsongs?download=true", "full/10.5555/songs#abstract", "?doi=10.5555/songs&x=1"]
)
def test_a_doi_is_found_in_addresses_of_publishers(folder: Path, rest: str) -> None:
    done = add(folder, f"https://birds.example.org/doi/{rest}", "--dry-run")
    assert "  doi            10.5555/songs" in done.stderr


def test_an_address_whose_doi_nobody_knows_is_opened(folder: Path, service: MetadataServer) -> None:
    page = (PAGE % '<meta name="citation_doi" content="10.5555/songs">').encode()
    service.answers = lambda path: (200, {}, page) if path == "/10.5555/songsv2.full" else usual(path)
    done = add(folder, f"{service.url}/10.5555/songsv2.full", "--dry-run")
    assert "  doi            10.5555/songs" in done.stderr


def test_a_page_that_names_an_identifier_leads_to_the_services(folder: Path, service: MetadataServer) -> None:
    page = (PAGE % '<meta name="citation_doi" content="doi:10.5555/SONGS">').encode()
    service.answers = lambda path: (200, {}, page) if path == "/page" else usual(path)
    done = add(folder, f"{service.url}/page", "--dry-run")
    assert "title          Songs of the reed warbler at night & day" in done.stderr
    assert f"- {service.url}/page" in done.stdout


def test_a_paper_that_is_here_is_not_added_twice(folder: Path) -> None:
    assert add(folder, "10.5555/songs").returncode == 0
    before = sorted((folder / "papers").iterdir())
    done = add(folder, "10.5555/SONGS")
    assert done.returncode == 1
    assert "already here, same DOI 10.5555/songs" in done.stdout
    assert sorted((folder / "papers").iterdir()) == before


def test_a_likely_duplicate_is_added_only_when_meant(folder: Path) -> None:
    near = "@misc{x, author={de Wren, A.}, title={Songs of reed warblers at night & day}, year=2024}"
    (folder / "near.bib").write_text(near.replace("&", r"\&"), encoding="utf-8")
    assert add(folder, "near.bib").returncode == 0
    before = sorted((folder / "papers").iterdir())
    done = add(folder, "10.5555/songs")
    assert done.returncode == 1
    assert "likely duplicate of dewren2024songs: title 98% similar, de Wren wrote both" in done.stdout
    assert "Nothing was written: if it is a different work, add --anyway." in done.stderr
    assert sorted((folder / "papers").iterdir()) == before
    assert add(folder, "10.5555/songs", "--anyway").returncode == 0


def test_a_bib_file_is_added_too(folder: Path) -> None:
    (folder / "one.bib").write_text("@misc{x, author={Lark, L.}, title={On larks}, year=2020}", encoding="utf-8")
    assert add(folder, "one.bib").returncode == 0
    assert (folder / "papers/lark2020larks.yaml").is_file()


def always(status: int, body: bytes = b"", **headers: str) -> Callable[[str], Answer]:
    return lambda _path: (status, {name.replace("_", "-"): value for name, value in headers.items()}, body)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (always(404), "DataCite does not know it (404)"),
        (always(403), "Crossref refuses (403): try again later"),
        (always(200, b"<html>Down for lunch</html>"), "Crossref answered with something that is not JSON"),
        (always(200, b"[]"), "Crossref answered without message"),
        (always(200, b'{"message": {}}'), "no title, no author, editor or organization, no year"),
        (always(200, b" " * 6_000_000), "Crossref answered with more than 5,000,000 bytes"),
        (always(302, Location="ftp://127.0.0.1/etc/passwd"), "which is no web address"),
        (always(200, b"[" * 100_000), "Crossref answered with something that is not JSON"),
        (
            always(200, b'{"message": {"title": {"a": 1}, "author": [7, {"family": []}], "issued": [2], "DOI": [[]]}}'),
            "no title",
        ),
        (always(200, b"short", Content_Length="400", Transfer_Encoding="chunked"), "Crossref cannot be reached"),
    ],
)
def test_bad_answers_get_clear_words_and_write_nothing(
    folder: Path, service: MetadataServer, answers: Callable[[str], Answer], words: str
) -> None:
    service.answers = answers
    before = sorted((folder / "papers").iterdir())
    done = add(folder, "10.5555/songs")
    assert done.returncode == (1 if words.startswith("no title") else 2)
    assert words in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert sorted((folder / "papers").iterdir()) == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_answer_with_entities_is_not_parsed(folder: Path, service: MetadataServer, encoding: str) -> None:
    _, end = (ARXIV % "").split("<feed", 1)
    declared = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE feed [<!ENTITY birds "wrens, ">]><feed{end}'
    service.answers = always(200, declared.replace("reed", "&birds;").encode(encoding))
    assert "arXiv answered with something that is not its feed" in add(folder, "2401.00001").stderr


def test_hostile_text_stays_text(folder: Path, service: MetadataServer) -> None:
    evil = {**CROSSREF, "title": ["{% raw %}<script>alert(1)</script> !!python/object: [x](javascript:y)\u202e\u0000"]}
    service.answers = always(200, json.dumps({"message": evil}).encode())
    assert add(folder, "10.5555/songs").returncode == 0
    [file] = set((folder / "papers").glob("*2025*.yaml"))
    assert file.read_text(encoding="utf-8").splitlines()[0] == (
        'title: "{% raw %}alert(1) !!python/object: [x](javascript:y)"'
    )


def test_a_page_that_names_no_paper_is_said_to_be_one(folder: Path, service: MetadataServer) -> None:
    page = f"{service.url}/page"
    service.answers = always(200, b"<html><title>Gulls</title><meta name=citation_title><meta name=a content></html>")
    done = add(folder, page)
    assert done.returncode == 2
    assert f"the page {page} names no paper in its citation tags: give its DOI" in done.stderr
    assert "http://[ is no web address" in add(folder, "http://[").stderr


def test_where_a_stranger_gives_the_address_no_page_is_opened(service: MetadataServer) -> None:
    with pytest.raises(ServiceError, match="no DOI and no arXiv id in http"):
        find_paper(Client("test"), Services(), f"{service.url}/page")
    assert service.asked == []


def test_a_busy_service_is_asked_again_after_the_pause_that_it_names(service: MetadataServer, tmp_path: Path) -> None:
    waits: list[float] = []
    answers = iter([(429, {"Retry-After": "7"}, b""), (503, {}, b""), (200, {}, b"{}")])
    service.answers = lambda _path: next(answers)
    client = Client("test", tmp_path / "cache", sleep=waits.append)
    assert client.json("Crossref", f"{service.url}/x") == {}
    assert waits == [7.0, 4.0]
    assert client.json("Crossref", f"{service.url}/x") == {}
    assert len(service.asked) == 3  # the fourth answer came from the cache


def test_arxiv_is_asked_every_three_seconds_at_most(service: MetadataServer) -> None:
    waits: list[float] = []
    service.answers = always(200, b"{}")
    client = Client("test", sleep=waits.append)
    for n in range(3):
        client.json("arXiv", f"{service.url}/{n}")
        client.json("Crossref", f"{service.url}/{n}")
    assert len(waits) == 2
    assert all(2.5 < wait <= 3.0 for wait in waits)


def test_nobody_there_and_nobody_in_time(service: MetadataServer) -> None:
    silent = Client("test", timeout=0.2, sleep=lambda _: None)
    with pytest.raises(ServiceError, match=r"cannot be reached .*are you online"):
        silent.get("Crossref", "http://127.0.0.1:9/", "*/*")
    hold = threading.Event()

    def late(_path: str) -> Answer:
        hold.wait(5)
        return 200, {}, b"{}"

    service.answers = late
    with pytest.raises(ServiceError, match="did not answer within 0 s"):
        silent.get("Crossref", service.url, "*/*")
    hold.set()

    def drip() -> Iterator[bytes]:
        for _ in range(100):
            time.sleep(0.05)
            yield b" "

    service.answers = lambda _path: (200, {}, drip())
    with pytest.raises(ServiceError, match="did not answer within 0 s"):
        silent.get("Crossref", service.url, "*/*")
    service.answers = always(404)
    with pytest.raises(NotKnownError):
        silent.get("Crossref", service.url, "*/*")


@pytest.mark.long
def test_themes_are_proposed_from_what_else_is_filed(capsys: pytest.CaptureFixture[str]) -> None:
    survey = load_survey(load_settings(ROOT / "mkdocs.yml"))[0]
    right = {1: 0, 3: 0}
    for one in survey.papers.values():
        others = {path: [paper for paper in papers if paper != one] for path, papers in survey.by_theme.items()}
        proposed = propose_themes(replace(survey, by_theme=others), f"{one.title} {one.tldr}")
        for count in right:
            right[count] += bool({path for path, _ in proposed[:count]} & set(one.themes or ()))
    first, three = (count / len(survey.papers) for count in right.values())
    with capsys.disabled():
        print(f"\nthemes: the first proposed is right for {first:.0%} of the papers, one of three for {three:.0%}")
    assert first > 0.5
    assert three > 0.7
