"""TeX in bibliographies as plain text: nothing that somebody could read is lost without a word."""

import pytest
from living_survey.formats.bibtex.definitions import definitions, expand
from living_survey.formats.bibtex.latex import braced, letters, to_text, unknown_commands
from living_survey.formats.bibtex.reader import read_bibtex

from tests.formats.reading import drafts, one


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"Rajam{\"a}e and Schw\"agerl", "Rajamäe and Schwägerl"),
        (r"50% of {LLM}s \& co~x", "50% of LLMs & co x"),
        (r"costs $100 or $200 a day", "costs $100 or $200 a day"),
        (r"$O(n^2)$ and $\pi$", "O(n²) and π"),
        (r"$x^2$ for $5 million, $ \alpha $ from $100K to $200K", "x² for $5 million, α from $100K to $200K"),
        (r"$O(n \log n)$ and {$}3", "O(n log n) and $3"),
        (r"$$n^2$$ and $<$ at \$5 in $^{13}$C", "n² and < at $5 in ¹³C"),
        (r"\emph{in} \unknown{vivo} {\textless}b{\textgreater}", "in vivo <b>"),
        ("\"straight\" and ``curly''", '"straight" and “curly”'),
        (r"an open brace { here", "an open brace  here"),
        # Commands that only say how their text looks.
        (r"\texttt{a} \mbox{b} \textsf{c} \textup{d} \textmd{e} \hbox{f} {\em g} {\bfseries h}", "a b c d e f g h"),
        (r"\textcolor{red}{a} \color{blue}b \raisebox{-0.5ex}\textasciitilde 10 \raise.17ex\hbox{x}", "a b ~10 x"),
        (r"\foreignlanguage{german}{Wort} \bibinfo{title}{Nest} \enquote{egg}", "Wort Nest “egg”"),
        (r"a\hspace*{1em}b\kern-.1em c\penalty0 d\hskip 1em plus 2pt e", "a bcd e"),
        # Names, signs, letters that have a command.
        (r"{\LaTeX} and {\TeX}, \BibTeX\ or \XeTeX for all", "LaTeX and TeX, BibTeX or XeTeX for all"),
        (r"\pounds{}5 \S{}3 20\degree{}C \copyright{} \P{} \euro{}", "£5 §3 20°C © ¶ €"),
        (r"Gel{\cprime}fand, \k{a}, \textcommabelow{s}, \t{oo}, \dh, \TH", "Gelʹfand, ą, ș, o͡o, ð, Þ"),
        (r"\'\i, \v{S}, \H{o}, {\c c}, \.{I}, \~{}x, \^{}y, O\'{}Neill", "í, Š, ő, ç, İ, ~x, ^y, O'Neill"),
        (r"\ion{H}{2} and {\ion{Ca}{ii}}", "H II and Ca II"),
        (r"\char98 \symbol{65}", "b A"),
        # Signs that TeX reads otherwise.
        (r"{R&D} in {Ponds} & lakes", "R&D in Ponds & lakes"),
        (r"Photo\-synthesis in under\-water\/ plants", "Photosynthesis in underwater plants"),
        (r"\verb|a_b%{c| and \url{https://example.org/~wren/a_b%20c#d}", "a_b%{c and https://example.org/~wren/a_b%20c#d"),
        (r"a,\,b\;c\quad d\\e", "a, b c d\ne"),
        # What is there for sorting alone.
        (r"{\noopsort{1973b}}1973 \printfirst{a}{b} \switchargs{ b}{a}", "1973 a a b"),
        # Commands that nobody knows.
        (r"{\Birdname} and \Birdname flies \bird{wren}", "Birdname and Birdname flies wren"),
    ],
)  # fmt: skip
def test_latex_becomes_text(latex: str, text: str) -> None:
    assert to_text(latex) == text


def test_braces_around_everything_protect_nothing() -> None:
    assert braced("{A Study of {Bayes} and {\\'E}mile}") == ["Bayes"]
    assert braced("A {GPS} \\emph{Study}") == ["GPS"]


def test_letters_stand_for_themselves_and_arguments_stay_apart() -> None:
    assert letters(r"\v{S}imon {\'E}ric {\c{C}}a{\u g}lar {\O}ye \AA{}s") == "Šimon Éric Ça{ğ}lar Øye Ås"
    assert letters(r"{\noopsort{a}}John {\relax Ch}ekhov") == r"{\noopsort{a}}John {\relax Ch}ekhov"


def test_commands_that_are_not_known_are_named() -> None:
    assert unknown_commands([r"\Birdname{} and \emph{\Birdname}", r"\alpha \verb|\x| \\newline \'e"]) == [r"\Birdname"]
    entry = r"@misc{a, author = {\Wren}, title = {\Birdname}, year = 2020, url = {https://example.org/\x}}"
    [draft] = drafts(read_bibtex(entry, "x.bib"))
    assert (draft.data["title"], draft.data["authors"]) == ("Birdname", [{"family": "Wren"}])
    assert draft.record.notes == [r"TeX commands that are not known: \Wren, \Birdname; look at what became of them"]


@pytest.mark.parametrize(
    ("journal", "venue"),
    [
        (r"{\apj}", {"name": "The Astrophysical Journal", "short": "ApJ"}),
        (r"\mnras", {"name": "Monthly Notices of the Royal Astronomical Society", "short": "MNRAS"}),
        (r"\aap{}", {"name": "Astronomy and Astrophysics", "short": "A&A"}),
        (r"\nat", {"name": "Nature"}),
        (r"\apj{} (Letters)", {"name": "The Astrophysical Journal (Letters)"}),
    ],
)
def test_journals_of_astronomers(journal: str, venue: dict[str, str]) -> None:
    entry = rf"@article{{a, author={{Wren, A.}}, title={{T}}, year=2020, journal={{{journal}}}, eprint={{2001.00001}}}}"
    data = one(read_bibtex(entry, "x.bib"))
    assert (data["type"], data["venue"]) == ("article", venue)


def test_a_preamble_defines_commands() -> None:
    text = r"""
@preamble{ "\newcommand{\Bird}{{\TH}rush} \def\swap#1#2{#2#1} \providecommand{\url}[1]{x} "
  # "\renewcommand\eggs[1]{{\em #1} eggs}" # "\newcommand{\odd}{\ifx\a\b c\fi} \newcommand{\again}{\again}" }
@misc{a, author = {\Bird, A.}, title = {\swap{ nest}{A}: \eggs{two} at \url{http://a.b}, \odd{} \again}, year = 2020}
"""
    reading = read_bibtex(text, "x.bib")
    data = one(reading)
    assert data["title"] == "A nest: two eggs at http://a.b, odd again"
    assert data["authors"] == [{"family": "Þrush", "given": "A."}]
    assert any(words.endswith(r"commands that it defines: \Bird, \swap, \eggs, \again") for _, words in reading.notes)


def test_definitions_that_grow_without_end_are_left() -> None:
    known = definitions(r"\newcommand{\a}{\bb\bb\bb\bb\bb\bb\bb\bb} \newcommand{\bb}{" + "x" * 1999 + "}")
    assert len(expand(r"\bb" * 100, known)) < 1000
    assert expand(r"\swap{a", {"swap": (2, "#2#1")}) == "a{"


def test_comments_are_left_out_as_biber_leaves_them_out() -> None:
    text = r"""% @misc{old, author={Wren, A.}, title={Old}, year=1990}
@misc{a, % the first
  author = {Wren, A.}, % {
  % title = {Old title},
  title = {50% of all % birds
    fly}, year = "2020" % "
}
%@misc{b, author={Wren, A.}, title={B}, year=2020}
@comment{ 5 % of what } 50\% said
@misc{c % the key
 , author = {Finch, B.}, title = "100% {"}%", year = 2021}
"""
    reading = read_bibtex(text, "x.bib")
    assert [(record.line, record.key) for record in reading.records] == [(2, "a"), (10, "c")]
    assert [draft.data["title"] for draft in drafts(reading)] == ["50% of all % birds fly", '100% "%']
    assert reading.notes[0] == (
        1,
        "7 comments behind % skipped, the first: @misc{old, author={Wren, A.}, title={Old}, year=1990}",
    )
    assert not reading.refused


def test_a_comma_that_was_forgotten() -> None:
    text = '@misc{a, author = {Wren, A.}\n title = "Nests {a = b}"\n  year = 2020}\n'
    text += "@misc{b, author = {Finch, B.} title={T}, year=2021}"
    reading = read_bibtex(text, "x.bib")
    assert [(draft.data["title"], draft.data["year"]) for draft in drafts(reading)] == [
        ("Nests a = b", "2020"), ("T", "2021"),
    ]  # fmt: skip
    assert [line for line, _ in reading.notes] == [1, 2, 4]
