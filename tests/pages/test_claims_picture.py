"""Pictures of numbers on the pages of metrics and of all results: what a reader sees, points at and follows."""

from typing import Any

from living_survey.pages.blocks import BLOCKS
from living_survey.pages.claims_picture import family_pictures, metric_pictures
from living_survey.pages.number_pages import build_number_pages
from living_survey.pages.renderer import Renderer
from lxml import html

from tests.fabricate import key, number
from tests.pages.birds import bird, renderer

AGAINST = {"baseline": "gulls", "model": "swift"}
INFERRED = {"baseline": "itself", "baseline_stated": "false", "reason": "it follows"}


def made() -> Renderer:
    """Return a survey whose numbers have every shape, with one that was retracted."""
    return renderer(
        bird(1, short_name="Swift & Co", results=[number("27", "x more", bound="up to", **AGAINST)]),
        bird(2, results=[number(None, "x more", low="1.5", high="3", setting="at night", **AGAINST)]),  # type: ignore[arg-type]
        bird(3, results=[number("86", "percent more", bound="about", baseline="unnamed")]),
        bird(4, results=[number("10", "x more", bound="at least", **INFERRED)]),
        bird(5, results=[number("99", "x more", **AGAINST)], status="retracted", status_since="2026-10-02"),
        bird(6, results=[number("2", "x less", metric="rest", **AGAINST), number("40")]),
        bird(7, results=[number("30", bound="mean")], scale=[number("9", "g", metric="mass")]),
        bird(8, scale=[number("8", "g", metric="mass")]),
    )


def figures(of: Renderer, address: str) -> Any:
    """Return the page of a metric."""
    return html.fromstring(next(page.body for page in build_number_pages(of) if page.address == address))


def texts(element: Any, path: str) -> list[str]:
    """Return the texts of elements, spaces folded."""
    return [" ".join(found.text_content().split()) for found in element.xpath(path)]


def test_a_metric_has_a_picture_for_each_kind_of_statement() -> None:
    page = figures(made(), "results/speed/")
    assert page.xpath("//figure/@id") == ["picture-ratio", "picture-level"]
    assert texts(page, "//figcaption") == [
        "Speed: 1.5 to, in the best case, 27 times better than what it was measured against",
        "Speed: 30 to 40 km/h",
    ]
    first, second = page.xpath("//figure//table")
    assert texts(first, ".//tr[contains(@class, 'group')]") == [
        "Compared with something named 2", "Compared with something not named exactly 1",
        "What it is compared with is inferred 1",
    ]  # fmt: skip
    assert texts(first, ".//td[@class='survey-picture__value']") == [
        "up to 27×", "1.5–3×", "about 86% more 1.86×", "at least 10×",
    ]  # fmt: skip
    assert texts(first, ".//td[last()]/span[1]") == ["Gulls", "Gulls", "birds not named", "(the same bird by day)"]
    assert texts(first, ".//span[@class='survey-picture__setting']") == ["Swift", "Swift, at night"]
    assert second.xpath(".//tr[contains(@class, 'group')]") == []
    assert texts(second, ".//tbody/tr/td[2]") == ["40 km/h", "on average 30 km/h"]
    assert texts(second, ".//text[1]") == ["0"]
    assert page.xpath("//figure[1]/following::h2"), "the tables come below"


def test_marks_stand_in_percent_and_nothing_is_styled_by_hand() -> None:
    page = figures(made(), "results/speed/")
    [ratio] = page.xpath("//figure[@id='picture-ratio']")
    assert texts(ratio, ".//thead//text") == ["1×", "2×", "5×", "10×", "20×", "50×"]
    assert ratio.xpath(".//thead//text/@x") == ["3.0%", "19.66%", "41.67%", "58.33%", "74.98%", "97.0%"]
    circles = ratio.xpath(".//tbody//circle")
    assert [(one.get("class"), one.get("cx")) for one in circles] == [
        ("survey-plot__hollow", "82.19%"), (None, "17.91%"), (None, "58.33%"),
    ]  # fmt: skip
    [line] = ratio.xpath(".//line[@class='survey-plot__range']")
    assert (line.get("x1"), line.get("x2")) == ("12.74%", "29.4%")
    assert ratio.xpath(".//tbody//svg[@class='survey-plot__sign']/@x") == ["17.91%", "58.33%"]
    assert len(ratio.xpath(".//tbody//g[contains(@class, 'weak')]")) == 2
    assert page.xpath("//@style | //style | //script") == []


def test_rows_lead_to_papers_and_numbers_and_the_picture_to_its_data() -> None:
    page = figures(made(), "results/speed/")
    links = page.xpath("//figure[1]//tbody[1]/tr[2]//a/@href")
    assert links == [f"../../papers/{key(1)}/", f"../../papers/{key(1)}/#speed"]
    foot = page.xpath("//figure[1]/p")[0]
    assert foot.xpath("a/@href") == ["../../api/results.csv", "../../api/results.json", "#picture-ratio"]
    assert foot.text.startswith("4 numbers of 4 papers; 1 is a best case; baseline: 2 named, 1 inferred, 1 not named")
    assert "1 more is not counted" in foot.text


def test_the_marks_that_occur_are_explained_once() -> None:
    page = figures(made(), "results/speed/")
    assert texts(page, "//ul[@class='survey-legend']/li") == [
        "a number or an average", "about", "a range", "up to, the best case", "at least, or at most",
        "in gray: what it is compared with is not named exactly, or is inferred",
        "the line at 1 is what it was measured against",
    ]  # fmt: skip
    two = renderer(bird(1, results=[number("40")]), bird(2, results=[number("30")]))
    assert texts(figures(two, "results/speed/"), "//ul/li") == ["a number or an average"]


def test_a_family_has_a_row_for_each_metric_whose_marks_are_links_with_words() -> None:
    page: Any = html.fromstring(BLOCKS["results"](made(), "results/"))
    assert page.xpath("//figure/@id") == ["picture-flight"]
    [figure] = page.xpath("//h2[@id='family-flight']/following-sibling::figure")
    assert texts(figure, "figcaption") == [
        "Flight: 1.5 to, in the best case, 27 times better than what it was measured against"
    ]
    assert texts(figure, ".//tbody//th") == ["Speed", "Rest"]
    assert figure.xpath(".//tbody//th/a/@href") == ["../results/speed/", "../results/rest/"]
    assert texts(figure, ".//td[2]") == ["4 numbers", "1 number"]
    labels = figure.xpath(".//tbody//svg/a/@aria-label")
    assert labels[0] == "Swift & Co: up to 27×, compared with Gulls"
    assert labels == figure.xpath(".//tbody//svg/a/title/text()")
    assert [label.partition(": ")[2] for label in labels] == [
        "up to 27×, compared with Gulls", "at least 10×, compared with (the same bird by day)",
        "about 86% more, compared with birds not named", "1.5–3×, compared with Gulls", "2× less, compared with Gulls",
    ]  # fmt: skip
    assert figure.xpath(".//tbody/tr[2]//svg/a/@href") == [f"../papers/{key(6)}/#rest"]


def test_where_nothing_can_be_drawn_together_there_is_no_picture() -> None:
    alone = renderer(bird(1, results=[number("40"), number("2", "x more", **AGAINST)]))
    assert family_pictures(alone, "results/") == {}
    assert metric_pictures(alone.survey, [], "results/speed/") == ""
    assert figures(alone, "results/speed/").xpath("//figure | //ul") == []
    assert figures(made(), "scale/mass/").xpath("//figure") == []


def test_the_title_of_a_picture_says_where_something_is_worse() -> None:
    def title(*numbers: dict[str, Any]) -> str:
        of = renderer(*[bird(n, results=[one]) for n, one in enumerate(numbers, 1)])
        return texts(figures(of, f"results/{numbers[0]['metric']}/"), "//figcaption")[0]

    rest = {"metric": "rest", **AGAINST}
    assert title(number("25", "percent more", **rest), number("4", "x less", **rest)) == (
        "Rest: from 1.25 times worse to 4 times better than what it was measured against"
    )
    assert title(number("2", "x more", **rest), number("4", "x more", **rest)) == (
        "Rest: 2 to 4 times worse than what it was measured against"
    )
    up = {"bound": "up to", **rest}
    assert title(number("2", "x less", **up), number("2", "x less", **up)) == (
        "Rest: in the best case, 2 times better than what it was measured against"
    )
    notes = {"metric": "notes", "benchmark": ["dawn", "dusk"], **AGAINST}
    assert title(number("3", "points more", **notes), number("4", "points less", **notes)) == (
        "Notes on Dawn chorus, Dusk chorus: −4 to 3 points more"
    )
