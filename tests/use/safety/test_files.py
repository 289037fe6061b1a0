"""A submission neither runs code, nor reads files, nor writes elsewhere, nor takes another paper's place."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.commands import mkdocs
from tests.fabricate import key, paper, to_yaml, write_survey
from tests.use.safety.attacks import check, problems_of, with_paper


@pytest.mark.parametrize(
    "title",
    [
        "!!python/object/apply:os.system ['touch ran']",
        "!!python/name:os.system",
        "!include /etc/passwd",
        "!ENV HOME",
        "!!binary aGk=",
        "&a x\nshort_name: *a",
    ],
)
def test_tags_and_anchors_do_nothing_but_end_in_an_error(tmp_path: Path, title: str) -> None:
    text = to_yaml(paper(9)).replace(to_yaml({"title": paper(9)["title"]}).strip(), f"title: {title}")
    done = with_paper(tmp_path / "s", "a2024b.yaml", text)
    assert done.returncode == 1
    assert "papers/a2024b.yaml:1:" in done.stdout
    assert not list(tmp_path.rglob("ran"))
    assert "root:" not in done.stdout + done.stderr


LINKS = (
    "papers/a2024b.yaml", "papers/.a2024b.yaml.survey-new", "papers/.hidden/deep/x", "papers/gone.yaml", "papers",
    "docs/leak.md", "docs/leak.png", "docs/themes/leak.md", "docs/themes/.leak", "docs/themes", "docs/assets", "docs",
)  # fmt: skip


@pytest.mark.parametrize("place", LINKS)
def test_a_symbolic_link_is_not_followed(tmp_path: Path, place: str) -> None:
    config = write_survey(tmp_path / "s", 4)
    link = config.parent / place
    outside = tmp_path / "outside"
    if link.is_dir():
        link.rename(outside)
    elif "gone" not in place:
        outside.write_text(to_yaml({**paper(9), "title": "The secret"}), encoding="utf-8")
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(outside)
    [problem] = problems_of(config)
    assert (problem.path, problem.message) == (place, "symbolic link where a file belongs")
    assert problem.hint


def test_a_build_follows_no_symbolic_link(tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text(to_yaml({**paper(9), "title": "The secret"}), encoding="utf-8")
    config = write_survey(tmp_path / "s", 4)
    for place in ("papers/a2024b.yaml", "docs/leak.md", "docs/leak.png"):
        (config.parent / place).symlink_to(secret)
    for done in (check(config.parent), mkdocs(config)):
        said = done.stdout + done.stderr
        assert done.returncode == 1
        assert "The secret" not in said
        assert all(f"{place}:1:1: error: symbolic link" in said for place in ("papers/a2024b.yaml", "docs/leak.png"))
    assert not (config.parent / "site").exists()


@pytest.mark.parametrize(
    "place",
    [
        "papers/.x.yaml.survey-new", "papers/x.yaml.survey-new", "papers/.x.yaml.k3j2h1.survey-new",
        "docs/.a.md.survey-new", "docs/themes/.song.md.0a1b.survey-new", "papers/.deep/er/.x.survey-new",
    ],
)  # fmt: skip
def test_a_temporary_file_where_a_command_will_write_is_named(tmp_path: Path, place: str) -> None:
    config = write_survey(tmp_path, 2)
    (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / place).write_text("x")
    (tmp_path / "docs/themes/.folder.0a1b.survey-new").mkdir()
    problems = problems_of(config)
    assert {one.path for one in problems} == {place, "docs/themes/.folder.0a1b.survey-new"}
    assert {one.message for one in problems} == {"leftover temporary file"}
    problem = problems[0]
    assert problem.hint.startswith("delete it")


@pytest.mark.parametrize(
    "block",
    [
        {"citation": "../secret"}, {"citation": "/etc/passwd"}, {"glossary": "../../etc/passwd"},
        {"screening": "/etc/passwd"}, {"papers": "../elsewhere"}, {"papers": "/etc"},
    ],
)  # fmt: skip
def test_settings_do_not_lead_out_of_the_survey(tmp_path: Path, block: dict[str, str]) -> None:
    write_survey(tmp_path, 4, settings=block)
    done = check(tmp_path)
    assert done.returncode == 1
    assert f"mkdocs.yml:{1}" in re.sub(r":\d+:\d+", ":1", done.stdout)


@pytest.mark.parametrize(
    "name", ["..%2f..%2fx.yaml", "con.yaml", "index.yaml", "a b.yaml", ".x.yaml.yaml", "a\n.yaml", "é.yaml"]
)
def test_keys_have_a_grammar(tmp_path: Path, name: str) -> None:
    done = with_paper(tmp_path, name, to_yaml(paper(9)))
    if name.startswith("."):
        assert "4 papers" in done.stderr  # a hidden file is no paper
    else:
        assert done.returncode == 1
        assert "error" in done.stdout


@pytest.mark.parametrize("alias", ["../../x", "/etc/x", "a/../b", "..", "a\\b", "x" * 300, key(1), key(1).upper()])
def test_an_alias_writes_neither_elsewhere_nor_over_another_paper(tmp_path: Path, alias: str) -> None:
    done = with_paper(tmp_path, "wren2024new.yaml", to_yaml({**paper(9), "aliases": [alias]}))
    assert done.returncode == 1
    assert "papers/wren2024new.yaml" in done.stdout


def test_names_of_people_and_venues_become_addresses_inside_the_site(tmp_path: Path) -> None:
    names = ["../../../evil", "..", "/etc/passwd", "a\\..\\b", "CON", "con", "%2e%2e%2f", "．．／", "index"]
    config = write_survey(tmp_path / "in", 0)
    for n, name in enumerate(names):
        for twice in (0, 1):
            who = {"team": name} if re.search(r"\d", name) else {"family": name, "given": name}
            data = {**paper(1), "authors": [who], "doi": f"10.5555/{n}.{twice}"}
            data |= {"venue": {"name": name}, "title": f"Study {n} {twice} of {name}"}
            (tmp_path / f"in/papers/wren{2000 + n}x{twice}.yaml").write_text(to_yaml(data), encoding="utf-8")
    done = mkdocs(config, "--strict")
    assert done.returncode == 0, done.stderr
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["in"]
    built = [file.relative_to(tmp_path / "in/site") for file in (tmp_path / "in/site").rglob("*")]
    assert all(re.fullmatch(r"[\w.-]+", part) and part.strip(".") for path in built for part in path.parts)


VERSION = {"title": "A study", "authors": [{"family": "Wren"}], "year": 2001}


def test_nobody_takes_the_place_of_another_paper(tmp_path: Path) -> None:
    first, second = key(1), key(2)
    cases: list[tuple[str, dict[str, Any]]] = [
        (f"{first.upper()}.yaml", {}),
        ("wren2024new.yaml", {"aliases": [first]}),
        ("wren2024new.yaml", {"doi": paper(1)["doi"].upper(), "arxiv": None}),
        ("wren2024new.yaml", {"versions": [{**VERSION, "doi": paper(2)["doi"]}]}),
    ]
    for n, (name, extra) in enumerate(cases):
        data = {k: v for k, v in {**paper(9), **extra}.items() if v is not None}
        done = with_paper(tmp_path / str(n), name, to_yaml(data))
        assert done.returncode == 1, (name, extra)
        assert first in done.stdout.lower() or second in done.stdout.lower() or "10.5555" in done.stdout
