"""What an entry rests on is said at the foot of its page."""

from living_survey.pages.sources import Sources, sources_of

from tests.pages.birds import bird, renderer

MIRROR, PUBLISHER = "https://mirror.example/1", "https://publisher.example/1"


def sources(basis: str | None, *consulted: str) -> Sources | None:
    """Return what is shown of paper 1, with its DOI, an arXiv id and an address."""
    provenance = {"source": "list", "basis": basis, "consulted": [*consulted]}
    said = {name: value for name, value in provenance.items() if value}
    paper = bird(1, provenance=said, arxiv="2401.00001", url="https://publisher.example/read")
    return sources_of(renderer(paper, aggregators=["mirror.example"]), paper)


def test_an_entry_that_says_nothing_shows_nothing() -> None:
    paper = bird(1)
    assert sources_of(renderer(paper), paper) is None
    assert sources(None) is None


def test_pages_that_repeat_others_stand_apart() -> None:
    shown = sources(None, MIRROR, PUBLISHER)
    assert shown == Sources("Sources of these facts", "", (), (PUBLISHER,), (MIRROR,))


def test_what_was_seen_on_aggregators_alone_is_not_shown_as_read_there() -> None:
    shown = sources("aggregator", MIRROR, "https://elsewhere.example/")
    assert shown
    assert shown.title == "The work, and where these facts were seen"
    assert shown.work == (
        "https://arxiv.org/abs/2401.00001", "https://doi.org/10.5555/birds.1", "https://publisher.example/read",
    )  # fmt: skip
    assert (shown.read, shown.seen) == ((), (MIRROR, "https://elsewhere.example/"))


def test_the_basis_is_shown_in_words() -> None:
    alone, read = sources("abstract"), sources("primary", PUBLISHER)
    assert alone
    assert read
    assert alone.basis == "Read in the listed abstract alone."
    assert read.basis == "Read in the paper, or on the page of its publisher, archive or authors."
    assert read.read == (PUBLISHER,)
