"""Papers on which bibliographies break: names, titles, pages and fields that somebody's program gets wrong."""

from typing import Any

from living_survey.loading.validate import check_paper
from living_survey.model.paper import Paper

BIG_TEAM = [
    {"family": f"Wren{chr(97 + n // 26)}{chr(97 + n % 26)}", "given": f"A. {chr(65 + n % 26)}."} for n in range(74)
]

DIFFICULT: dict[str, dict[str, Any]] = {
    "meer2024birds": {
        "title": '50% of {birds} & $100K_x #1 ~ ^ \\input{x} <b> “π” × GPT-4s: LLMs, iNaturalist – 大雁 "q" ’s',
        "authors": [
            {"family": "van der Meer", "given": "Jan"},
            {"family": "King", "given": "M. L.", "suffix": "Jr."},
            {"family": "Şimşek", "given": "Çağlar"},
            {"family": "Supriyadi"},
            {"family": "El Niño"},
            {"family": "Kestrel-Jones", "given": "Jean-Luc"},
            {"family": "王小明"},
            {"team": "Swift & Heron Team"},
        ],
        "year": "2024",
        "first_public": "2024-07-23",
        "type": "preprint",
        "status": "preprint",
        "arxiv": "2407.00001",
        "arxiv_class": "cs.DL",
        "url": "https://example.org/a_b%20c?d=1&e=2#f",
        "themes": ["flight/height", "song"],
        "abstract": "All 100% of it.\n\nAnd a second paragraph.",
    },
    "wrenaa2023many": {
        "title": "Many hands count many birds",
        "authors": BIG_TEAM,
        "year": "2023",
        "published": "2023-05",
        "type": "article",
        "venue": {
            "name": "Journal of Field Studies & Notes",
            "short": "JFS",
            "volume": "12",
            "number": "3",
            "pages": "e0123",
            "publisher": "Feather Press",
        },
        "doi": "10.5555/jfs_12(3).e0123",
        "source_keys": ["DBLP:journals/jfs/Wren23"],
    },
    "finch2020atlas": {
        "title": "An Atlas of Migrating Birds",
        "authors": [{"family": "Finch", "given": "Ada"}, {"family": "de la Cruz", "given": "José"}],
        "edited": "true",
        "year": "2020",
        "type": "book",
        "venue": {"name": "Feather Press", "series": "Handbooks", "volume": "7"},
        "extra": {"edition": "second", "address": "Örebro", "isbn": "978-3-16-148410-0"},
    },
    "heron2021where": {
        "title": "Where herons go: a GPS study",
        "authors": [{"family": "Heron", "given": "H."}],
        "and_others": "true",
        "editors": [{"family": "Finch", "given": "Ada"}, {"family": "Li", "given": "Jun"}],
        "year": "2021",
        "published": "2021-09-04",
        "type": "inproceedings",
        "venue": {
            "name": "Proceedings of the 3rd Workshop on Wings",
            "short": "WoW",
            "pages": "17:1-17:20",
            "publisher": "Feather Press",
        },
        "url": "https://example.org/~heron/where.pdf",
    },
    "omara2019chapter": {
        "title": "What larks sing",
        "authors": [{"family": "O’Mara", "given": "Síle"}],
        "year": "2019",
        "editors": [{"family": "Finch", "given": "Ada"}],
        "type": "incollection",
        "venue": {"name": "Songs", "pages": "3-19, 30", "publisher": "Feather Press"},
    },
    "swift2018nests": {
        "title": "On nests",
        "authors": [{"family": "Swift", "given": "T."}],
        "year": "2018",
        "type": "thesis",
        "venue": {"name": "University of the North"},
        "extra": {"type": "Master's thesis"},
    },
    "plover2017counting": {
        "title": "Counting plovers",
        "authors": [{"team": "Bird, Beach and Dune Board"}],
        "year": "2017",
        "type": "report",
        "venue": {"name": "Board of Dunes", "number": "TR-17"},
    },
    "crane2022tracks": {
        "title": "Tracks of cranes",
        "authors": [{"family": "Crane", "given": "C."}],
        "year": "2022",
        "type": "dataset",
        "venue": {"name": "Field Archive"},
        "doi": "10.5555/tracks",
    },
    "stork2022birdtrack": {
        "title": "birdtrack: tracks in R",
        "authors": [{"family": "Stork", "given": "S."}],
        "year": "2022",
        "type": "software",
        "url": "https://example.org/birdtrack",
    },
    "nuthatch2016blog": {
        "title": "A year of nuthatches",
        "authors": [{"family": "Nuthatch", "given": "N."}],
        "year": "2016",
        "type": "online",
        "url": "https://example.org/blog",
    },
    "wren2015proceedings": {
        "title": "Proceedings of the 1st Workshop on Wings",
        "authors": [{"family": "Wren", "given": "W."}],
        "edited": "true",
        "year": "2015",
        "type": "proceedings",
        "venue": {"name": "Feather Press", "volume": "1"},
    },
    "lark2014letter": {
        "title": "A letter about larks",
        "authors": [{"family": "Lark", "given": "L."}],
        "year": "2014",
        "type": "misc",
        "extra": {"note": "Handed in 50% of cases", "howpublished": "Leaflet"},
    },
}


def make(data: dict[str, Any], key: str) -> Paper:
    """Return a paper of checked data; numbers become the text that a file would have."""
    text = {name: value if isinstance(value, (list, dict)) else str(value) for name, value in data.items()}
    found, problems = check_paper(key, f"{key}.yaml", text)
    assert found, problems
    return found


def difficult_papers() -> list[Paper]:
    """Return all of them in the order of their keys."""
    return [make(data, key) for key, data in sorted(DIFFICULT.items())]
