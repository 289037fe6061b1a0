"""Numbers on pages: in words, converted beside the original, with evidence, and the pages that they make."""

from typing import Any

import pytest
from living_survey.model.claims import claims_of
from living_survey.pages.head import paper_head
from living_survey.pages.number_pages import build_number_pages
from living_survey.pages.number_table import render_numbers
from living_survey.pages.numbers import NumbersView, number_view, shown
from lxml import html

from tests.fabricate import key, number
from tests.pages.birds import bird, renderer, survey

AGAINST = {"baseline": "gulls", "model": "swift"}


def view(**changes: Any) -> Any:
    """Return the view of a number of a made paper."""
    whole = survey(bird(1, results=[number(**changes)]))
    [claim] = claims_of(whole.papers[key(1)])
    return number_view(whole, claim)


@pytest.mark.parametrize(
    ("changes", "amount", "converted"),
    [
        ({}, "40 km/h", ""), ({"value": "10", "unit": "m/s"}, "10 m/s", "36 km/h"),
        ({"value": "4.3", "unit": "x more"}, "4.3×", ""), ({"value": "30.7", "unit": "x less"}, "30.7× less", ""),
        ({"value": "15", "unit": "percent more"}, "15% more", "1.15×"),
        ({"value": "88.7", "unit": "percent less"}, "88.7% less", "8.85× less"),
        ({"value": "70", "unit": "percent less"}, "70% less", "3.3× less"),
        ({"value": "93.75", "unit": "percent of"}, "93.75% of", "1.07× less"),
        ({"value": "100", "unit": "percent less"}, "100% less", ""),
        ({"metric": "notes", "value": "3.4", "unit": "points more"}, "3.4 points more", ""),
        ({"metric": "notes", "unit": "percent or points more"}, "40% or points more", ""),
        ({"value": None, "low": "1.5", "high": "3", "unit": "x more"}, "1.5–3×", ""),
        ({"value": None, "low": "20", "high": "50", "unit": "percent less"}, "20–50% less", "1.25–2× less"),
        ({"value": "1000", "bound": "at least"}, "at least 1,000 km/h", ""),
        ({"value": "12288", "bound": "up to"}, "up to 12,288 km/h", ""),
        ({"value": "32.0", "bound": "mean"}, "on average 32.0 km/h", ""),
    ],
)  # fmt: skip
def test_a_number_is_shown_as_stated_with_the_converted_one_beside(
    changes: dict[str, Any], amount: str, converted: str
) -> None:
    row = view(**{"quote": "x", **changes})
    assert (row.value, row.converted) == (amount, converted)


def test_what_a_number_is_measured_against_and_under_which_conditions() -> None:
    row = view(baseline=["gulls", "owl", key(1)], baseline_stated="false", reason="it follows", benchmark="dawn",
               model=["swift", "33B"], hardware="tower", setting="at night")  # fmt: skip
    assert [(name.label, name.address) for name in row.baseline] == [
        ("Gulls", "results/vs/gulls/"), ("Barn owl", "results/vs/owl/"), (row.paper.name, f"results/vs/{key(1)}/"),
    ]  # fmt: skip
    assert [(name.label, name.address) for name in row.conditions] == [
        ("Dawn chorus", "benchmarks/dawn/"), ("Swift", "models/swift/"), ("33B", ""), ("Tower", "hardware/tower/"),
    ]  # fmt: skip
    assert (row.inferred, row.reason, row.setting, row.locator) == (True, "it follows", "at night", "abstract")
    assert row.place == f"papers/{key(1)}/#speed"


def test_quotes_are_shown_with_the_signs_that_a_listing_lost() -> None:
    assert shown("by 6times to 8times, 6sim45%") == "by 6× to 8×, 6–45%"
    assert shown("sometimes similar times") == "sometimes similar times"


def test_a_table_says_what_limits_it() -> None:
    papers = [
        bird(1, results=[number("2", "x more", **AGAINST, bound="up to")]),
        bird(2, results=[number("3", "x more", baseline="unnamed", locator="Table 3")]),
    ]
    made = NumbersView.build(survey(*papers), papers, "results", "api/results")
    [family] = made.families
    [table] = family.metrics
    assert (family.title, table.title, table.address) == ("Flight", "Speed", "results/speed/")
    assert table.caveat == (
        "2 numbers of 2 papers; 1 is a best case; baseline: 1 named, 1 not named; settings differ; 1 from abstracts."
    )
    assert made.summary == "2 numbers on 1 metric, each as stated in its paper."
    assert made.missing == "2 numbers are not ranked (nothing equal to compare with: 1, baseline not named: 1)."


def test_headings_leave_out_no_level_and_no_column_is_empty() -> None:
    made = renderer(
        bird(1, results=[number("40")], scale=[number("9", "g", metric="mass")]),
        bird(2, results=[number("2", "x more", metric="rest", baseline="gulls")]),
    )
    page: Any = html.fromstring(render_numbers(made, "results/", made.survey.newest, "results", "api/results"))
    assert [(one.tag, one.text_content()) for one in page.xpath("//h2 | //h3 | //h4")] == [
        ("h2", "Flight"), ("h3", "Speed"), ("h3", "Rest"),
    ]  # fmt: skip
    assert [[cell.text_content() for cell in head.xpath(".//th")] for head in page.xpath("//thead")] == [
        ["Value", "Paper", "Setting", "Stated in"], ["Value", "Paper", "Compared with", "Setting", "Stated in"],
    ]  # fmt: skip
    assert [len(row.xpath("td")) for row in page.xpath("//tbody/tr")] == [4, 5]
    sizes: Any = html.fromstring(render_numbers(made, "scale/", made.survey.newest, "scale", "api/scale"))
    assert [(one.tag, one.text_content()) for one in sizes.xpath("//h2 | //h3 | //h4")] == [("h2", "Mass")]
    section: Any = html.fromstring(render_numbers(made, "themes/song/", made.survey.newest, "results", "api/results"))
    assert [one.tag for one in section.xpath("//h2 | //h3 | //h4")] == ["h3", "h4", "h4"]


def test_each_name_that_is_used_has_a_page_and_no_other() -> None:
    papers = [
        bird(1, models=["swift", "33B"], results=[number("2", "x more", **AGAINST)]),
        bird(2, results=[number("40", benchmark="dawn")], scale=[number("9", "g", metric="mass")]),
        bird(3, hardware=["tower"]),
    ]
    made = renderer(*papers)
    pages = {page.address: page for page in build_number_pages(made)}
    assert set(pages) == set(made.survey.uses.addresses())
    assert set(pages) == {
        "metrics/", "results/speed/", "scale/", "scale/mass/", "results/vs/", "results/vs/gulls/", "benchmarks/",
        "benchmarks/dawn/", "models/", "models/swift/", "hardware/", "hardware/tower/",
    }  # fmt: skip
    speed = html.fromstring(pages["results/speed/"].body)
    assert speed.xpath("//h2/@id") == ["gulls", "levels"]
    versus = html.fromstring(pages["results/vs/gulls/"].body)
    assert versus.xpath("//h2[@id='speed']/a/@href") == ["../../../results/speed/"]
    assert versus.xpath("//q/text()") == ["flies 2 x at night"]
    assert f'href="../../papers/{key(3)}/"' in pages["hardware/tower/"].body
    assert list(build_number_pages(renderer(bird(1)))) == []


def test_numbers_of_what_was_retracted_stand_struck_and_without_a_rank() -> None:
    gone = {"status": "retracted", "status_since": "2026-10-02"}
    numbers = [[number(str(n + 1), "x more", **AGAINST)] for n in (1, 2, 3)]
    made = renderer(bird(1, results=numbers[0]), bird(2, results=numbers[1]), bird(3, results=numbers[2], **gone))
    page: Any = html.fromstring(render_numbers(made, "results/", made.survey.newest, "results", "api/results"))
    rows = [[cell.text_content().split() for cell in row.xpath("td")[:2]] for row in page.xpath("//tbody/tr")]
    assert rows == [[[], ["4×", "retracted"]], [["1"], ["3×"]], [["2"], ["2×"]]]
    assert [struck.text_content() for struck in page.xpath("//del")] == ["4×"]
    [caveat] = page.xpath("//p[@class='survey-caveat']")
    assert caveat.text.startswith("2 numbers of 2 papers")
    assert "1 more is not counted" in caveat.text
    assert "1 number is not ranked (retracted, withdrawn or superseded: 1)." in page.text_content()


def test_numbers_are_claims_for_programs_unless_the_paper_was_retracted() -> None:
    numbers = [
        number("2", "x more", bound="up to", baseline="gulls", model=["swift", "33B"], benchmark="dawn", quote="x")
    ]
    gone = {"status": "retracted", "status_since": "2026-10-02"}
    made = survey(bird(1, results=numbers), bird(2, results=numbers, **gone), bird(3), site_url="https://example.org/")
    heads = [paper_head(made, None, made.papers[key(n)]).data for n in (1, 2, 3)]
    assert ["@reverse" in head for head in heads] == [True, False, False]
    assert heads[0]["@reverse"] == {
        "appearance": [
            {
                "@type": "Claim",
                "url": f"https://example.org/papers/{key(1)}/#speed",
                "about": {
                    "@type": "Observation",
                    "measuredProperty": {"@type": "Property", "name": "speed"},
                    "value": 2,
                    "unitText": "x more",
                    "measurementQualifier": "up to",
                    "measurementDenominator": [{"@type": "StatisticalVariable", "name": "Gulls"}],
                    "measurementTechnique": ["Dawn chorus"],
                    "observationAbout": [{"@type": "Thing", "name": "Swift"}, {"@type": "Thing", "name": "33B"}],
                },
            }
        ]
    }
