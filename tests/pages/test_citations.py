"""Citations as links, lists of references, and how the survey itself is cited."""

from living_survey.model.backlinks import Counting
from living_survey.model.citations import without_numbers
from living_survey.model.parts import Author
from living_survey.model.survey_citation import SurveyCitation
from living_survey.pages.citations import SurveyReference, about, cited_text, doi_url, numbered, references

from tests.fabricate import key, number
from tests.pages.birds import bird, page, survey

WREN, SWIFT = {"family": "Wren", "given": "Ada"}, {"family": "Swift", "given": "Bo"}
ONE, TWO = bird(1, authors=[WREN], title="On <b>"), bird(3, authors=[SWIFT], tldr=None)


def test_citations_in_a_text_become_links_and_the_rest_is_escaped() -> None:
    birds = survey(ONE, TWO)
    counting = Counting(birds.find)
    html = cited_text(birds, f"See [@{key(1)}; @{key(3)}] & <i>; @{key(3)} too.", "../../", counting=counting)
    link = f'<a class="survey-citation" id="c-{key(1)}-1" href="../../papers/{key(1)}/" data-survey-about="On '
    assert html.startswith(f"See ({link}")
    assert ">Wren, 2002</a>; <a " in html
    assert ">Swift, 2016</a>) &amp; &lt;i&gt;; <a " in html
    assert html.endswith(">Swift (2016)</a> too.")


def test_citations_with_words_around_them_and_by_other_keys() -> None:
    birds = survey(
        bird(1, authors=[WREN], source_keys=["Wren:2002ab", "both"]), bird(3, authors=[SWIFT], source_keys=["both"])
    )
    html = cited_text(birds, f"Wren [see @Wren:2002ab, p. <3>; but -@{key(3)}] or @{{Wren:2002ab}}. [@both]", "")
    assert html.startswith("Wren (see <a ")
    assert ">Wren, 2002</a>, p. &lt;3&gt;; but <a " in html
    assert ">2016</a>) or <a " in html
    assert html.endswith(">Wren (2002)</a>. [@both]")
    text = f"As [see *esp.* @Wren:2002ab, p. 3; -@{key(3)}] and @{{Wren:2002ab}} say, [@{key(1)}]."
    made = survey(*birds.papers.values(), pages=(page("song.md", text),))
    assert without_numbers(numbered(made, "song.md", text)) == text
    assert len(numbered(made, "song.md", text)) == len(text) + 4
    assert [reference.key for reference in references(made, "song.md")] == [key(3), key(1)]


def test_a_summary_says_what_was_retracted_and_leaves_what_was_superseded() -> None:
    retracted = bird(1, authors=[WREN], status="retracted", status_since="2026-10-02")
    later = bird(2, relations=[{"type": "later-version-of", "paper": key(3)}])
    birds = survey(retracted, TWO, later)
    text = f"As [@{key(1)}; @{key(3)}] say.\n\nAs @{key(1)} says."
    html = cited_text(birds, text, "../../", counting=Counting(birds.find))
    mark = f'<a class="survey-mark" href="../../papers/{key(1)}/" data-survey-about="Retracted on 2 Oct 2026: '
    assert html.count(f"</a> {mark}") == html.count("survey-mark") == 2
    assert f'id="c-{key(1)}-2"' in html.split("\n\n")[1]


def test_a_text_is_numbered_as_the_host_has_it() -> None:
    text = f"\n\nSee @{key(1)} and [@{key(3)}; @{key(1)}]."
    made = survey(ONE, TWO, pages=(page("song.md", text),))
    whole = numbered(made, "song.md", text)
    assert without_numbers(whole) == text
    assert len(whole) == len(text) + 3
    assert numbered(made, "song.md", text.lstrip()) == whole.lstrip()
    assert numbered(made, "song.md", f"Changed. {text}") == f"Changed. {whole}"
    assert numbered(made, "song.md", text.replace(" and", "\ufdd3 and")) == whole
    assert without_numbers(numbered(made, "song.md", f"[@{key(3)}].")) == f"[@{key(3)}]."
    assert without_numbers(numbered(made, "song.md", text[-9:])) == text[-9:]


def test_what_cites_nothing_that_there_is_stays() -> None:
    assert cited_text(survey(ONE), f"[@{key(1)}; @nobody2020x]", "") == f"[@{key(1)}; @nobody2020x]"


def test_a_cited_paper_is_shown_by_title_and_sentence() -> None:
    assert about(survey(ONE), ONE) == f"On <b>. {ONE.tldr}"
    assert about(survey(TWO), TWO) == f"{TWO.title}."


def test_references_are_sorted_by_name_and_say_where() -> None:
    whole = survey(ONE, TWO, pages=(page("song.md", f"[@{key(1)}] and @{key(3)}."),))
    swift, wren = references(whole, "song.md")
    assert (swift.cited_as, swift.venue, swift.arxiv) == ("Swift (2016)", "", TWO.arxiv)
    assert (wren.cited_as, wren.venue, wren.arxiv) == ("Wren (2002)", "JFS", "")


def test_the_survey_is_cited_by_what_its_file_says() -> None:
    people = (Author(family="Wren", given="Ada"), Author(team="The Team"))
    made = SurveyReference.build(SurveyCitation("Birds", people, "", "1.0", "2026-01-02", "10.5555/a(b)", ""))
    assert (made.authors, made.year, made.version, made.url) == ("Ada Wren, The Team", "2026", "1.0", "")
    assert made.doi_url == "https://doi.org/10.5555/a%28b%29"
    assert made.bibtex.startswith("@")
    assert doi_url("") == ""


def test_expressions_in_a_text_yield_numbers_that_lead_to_their_places() -> None:
    fast = bird(1, authors=[WREN], results=[number("2", "x more", baseline="gulls", quote='is "2x" <faster>')])
    made = survey(fast, TWO)
    text = 'So {{ result speed }}, {{ typed 3 "a <b>" }}, \\{{ count }}.\n\n{{ count theme=song }} `{{ count }}`'
    assert cited_text(made, text, "../../", own=key(1)) == (
        f'So <a class="survey-number" href="../../papers/{key(1)}/#speed" '
        'data-survey-about="is &#34;2x&#34; &lt;faster&gt;">2×</a>, '
        '<span class="survey-number" tabindex="0" data-survey-about="a &lt;b&gt;">3</span>, {{ count }}.\n\n'
        '<a class="survey-number" href="../../themes/song/" data-survey-about="theme=song">1</a> `{{ count }}`'
    )
    assert cited_text(made, "{{7*7}} <b>", "../../") == "{{7*7}} &lt;b&gt;"
