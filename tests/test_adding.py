"""``survey add`` against servers on this machine that answer as arXiv, Crossref and DataCite do, well and badly."""

import http.server
import json
import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from generator.adding import propose_themes
from generator.loader import load_survey
from generator.lookup.client import Client, NotKnownError, ServiceError
from generator.settings import load_settings
from tests.conftest import ROOT, SURVEY
from tests.fabricate import write_survey

ARXIV = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"><entry>
<id>http://arxiv.org/abs/2401.00001v2</id><published>2024-01-02T10:00:00Z</published>
<title>Songs of the
  reed warbler at night</title><summary>We recorded the song of reed warblers. They sing at night.</summary>
<author><name>Ada de Wren</name></author><author><name>Bo Finch</name></author>
<arxiv:primary_category term="q-bio.PE"/>%s</entry></feed>"""
CROSSREF: dict[str, Any] = {
    "type": "journal-article",
    "DOI": "10.5555/songs",
    "title": ["Songs of the <i>reed warbler</i> at night &amp; day"],
    "author": [
        {"given": "Ada", "family": "de Wren", "ORCID": "http://orcid.org/0000-0002-1825-0097"},
        {"name": "Bird Board"},
    ],
    "container-title": ["Ibis Letters"],
    "volume": "3",
    "page": "1-9",
    "issued": {"date-parts": [[2025, 2]]},
    "publisher": "Feather Press",
}
DATACITE = {
    "data": {
        "attributes": {
            "doi": "10.5555/data",
            "titles": [{"title": "Tracks of cranes"}],
            "creators": [{"familyName": "Crane", "givenName": "C."}],
            "publicationYear": 2023,
            "publisher": "Field Archive",
            "types": {"resourceTypeGeneral": "Dataset"},
        }
    }
}
Answer = tuple[int, dict[str, str], bytes]


class Service:
    """A server on this machine; ``answers`` says what it answers to a path."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.answers: Callable[[str], Answer] = usual
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append((self.path, self.headers["User-Agent"]))
                status, headers, body = outer.answers(self.path)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"


def usual(path: str) -> Answer:
    """Answer as the services do."""
    parts = urlsplit(path)
    if parts.path == "/arxiv":
        known = parse_qs(parts.query)["id_list"] == ["2401.00001"]
        return 200, {}, (ARXIV % "" if known else '<feed xmlns="http://www.w3.org/2005/Atom"/>').encode()
    if parts.path == "/crossref/works":
        items = [{"DOI": "10.5555/songs", "title": CROSSREF["title"]}, {"DOI": "10.5555/x", "title": ["Other"]}]
        return 200, {}, json.dumps({"message": {"items": items}}).encode()
    if unquote(parts.path) == "/crossref/works/10.5555/songs":
        return 200, {}, json.dumps({"message": CROSSREF}).encode()
    if unquote(parts.path) == "/datacite/dois/10.5555/data":
        return 200, {}, json.dumps(DATACITE).encode()
    return 404, {}, b"Resource not found."


@pytest.fixture
def service() -> Iterator[Service]:
    started = Service()
    thread = threading.Thread(target=started.server.serve_forever)
    thread.start()
    yield started
    started.server.shutdown()
    thread.join()
    started.server.server_close()


@pytest.fixture
def folder(tmp_path: Path, service: Service) -> Path:
    addresses = {name: f"{service.url}/{name}" for name in ("arxiv", "crossref", "datacite")}
    settings = {"services": {**addresses, "contact": "birds@example.org"}, "require": []}
    return write_survey(tmp_path / "survey", 8, settings=settings).parent


def add(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``survey add`` with a cache of its own."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder.parent / "cache")}
    return subprocess.run(
        [str(SURVEY), "add", *arguments], cwd=folder, capture_output=True, text=True, timeout=60, check=False,
        env=environment, stdin=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.mark.parametrize("wanted", ["2401.00001", "arXiv:2401.00001v2", "https://arxiv.org/pdf/2401.00001v1"])
def test_an_arxiv_id_in_any_form_becomes_a_preprint(folder: Path, service: Service, wanted: str) -> None:
    done = add(folder, wanted, "--theme", "song", "--kind", "observation")
    assert done.returncode == 0, done.stderr
    text = (folder / "papers/dewren2024songs.yaml").read_text(encoding="utf-8")
    start = "title: Songs of the reed warbler at night\nauthors:\n  - {family: de Wren, given: Ada}\n"
    assert text.startswith(start)
    assert 'first_public: 2024-01-02\ntype: preprint\nstatus: preprint\narxiv: "2401.00001"\n' in text
    assert "abstract" not in text
    assert "consulted:\n    - https://arxiv.org/abs/2401.00001\n" in text
    assert "(https://birds.example.org/survey/; mailto:birds@example.org)" in service.asked[0][1]
    check = [str(SURVEY), "check"]
    assert subprocess.run(check, cwd=folder, capture_output=True, timeout=60, check=False).returncode == 0


def test_a_doi_is_asked_at_crossref_and_its_markup_taken_out(folder: Path) -> None:
    done = add(folder, "https://doi.org/10.5555/songs")
    assert done.returncode == 0, done.stderr
    [file] = set((folder / "papers").glob("*2025*.yaml"))
    text = file.read_text(encoding="utf-8")
    assert text.startswith("title: Songs of the reed warbler at night & day\n")
    assert '  - {family: de Wren, given: Ada, orcid: "0000-0002-1825-0097"}\n  - {team: Bird Board}\n' in text
    assert 'venue:\n  name: Ibis Letters\n  volume: "3"\n  pages: "1-9"\n  publisher: Feather Press\n' in text
    assert "Themes whose papers read most like it:\n  1  " in done.stderr


def test_what_crossref_does_not_know_datacite_may(folder: Path) -> None:
    assert add(folder, "10.5555/data").returncode == 0
    text = (folder / "papers/crane2023tracks.yaml").read_text(encoding="utf-8")
    assert "type: dataset\nvenue:\n  name: Field Archive\ndoi: 10.5555/data\n" in text


def test_the_publishers_facts_win_and_arxivs_stay(folder: Path, service: Service) -> None:
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
    assert done.returncode == 1
    assert "no paper of that title was found; the nearest are:\n    10.5555/songs  Songs of the" in done.stderr


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
    assert "% like dewren2024songs, de Wren wrote both: the same work?" in done.stdout
    assert "Nothing was written: if it is another work, say --anyway." in done.stderr
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
    ],
)
def test_bad_answers_get_clear_words_and_write_nothing(
    folder: Path, service: Service, answers: Callable[[str], Answer], words: str
) -> None:
    service.answers = answers
    before = sorted((folder / "papers").iterdir())
    done = add(folder, "10.5555/songs")
    assert done.returncode == 1
    assert words in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert sorted((folder / "papers").iterdir()) == before


def test_an_answer_with_entities_is_not_parsed(folder: Path, service: Service) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><feed>&a;</feed>'
    service.answers = always(200, bomb)
    assert "arXiv answered with something that is not its feed" in add(folder, "2401.00001").stderr


def test_hostile_text_stays_text(folder: Path, service: Service) -> None:
    evil = {**CROSSREF, "title": ["{% raw %}<script>alert(1)</script> !!python/object: [x](javascript:y)\u202e\u0000"]}
    service.answers = always(200, json.dumps({"message": evil}).encode())
    assert add(folder, "10.5555/songs").returncode == 0
    [file] = set((folder / "papers").glob("*2025*.yaml"))
    assert file.read_text(encoding="utf-8").splitlines()[0] == (
        'title: "{% raw %}alert(1) !!python/object: [x](javascript:y)"'
    )


def test_what_is_neither_id_nor_known_address_is_said_to_be(folder: Path) -> None:
    done = add(folder, "https://example.org/paper")
    assert done.returncode == 1
    assert "no DOI and no arXiv id in https://example.org/paper" in done.stderr


def test_a_busy_service_is_asked_again_after_the_pause_that_it_names(service: Service, tmp_path: Path) -> None:
    waits: list[float] = []
    answers = iter([(429, {"Retry-After": "7"}, b""), (503, {}, b""), (200, {}, b"{}")])
    service.answers = lambda _path: next(answers)
    client = Client("test", tmp_path / "cache", sleep=waits.append)
    assert client.json("Crossref", f"{service.url}/x") == {}
    assert waits == [7.0, 4.0]
    assert client.json("Crossref", f"{service.url}/x") == {}
    assert len(service.asked) == 3  # the fourth answer came from the cache


def test_arxiv_is_asked_every_three_seconds_at_most(service: Service) -> None:
    waits: list[float] = []
    service.answers = always(200, b"{}")
    client = Client("test", sleep=waits.append)
    for n in range(3):
        client.json("arXiv", f"{service.url}/{n}")
        client.json("Crossref", f"{service.url}/{n}")
    assert len(waits) == 2
    assert all(2.5 < wait <= 3.0 for wait in waits)


def test_nobody_there_and_nobody_in_time(service: Service) -> None:
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
    service.answers = always(404)
    with pytest.raises(NotKnownError):
        silent.get("Crossref", service.url, "*/*")


def test_themes_are_proposed_from_what_is_filed() -> None:
    survey = load_survey(load_settings(ROOT / "mkdocs.yml"))[0]
    right = 0
    for one in survey.papers.values():
        proposed = [path for path, _ in propose_themes(survey, f"{one.title} {one.tldr}")]
        right += bool(set(proposed) & set(one.themes or ()))
    assert right / len(survey.papers) > 0.9
