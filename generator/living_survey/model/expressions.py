"""Expressions in texts, whose values come from the data: ``{{ result yao2024scalellm inference-speed }}``.

Five words and no more; this is no language for templates. What an expression yields is text. I/O: none.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from living_survey.model import addresses
from living_survey.model.amounts import amount, in_unit, with_unit, written
from living_survey.model.claims import Claim, claims_of
from living_survey.model.labels import label
from living_survey.model.paper import Paper
from living_survey.model.query import QueryError, Vocabulary, parse_query
from living_survey.model.registry import Metric
from living_survey.model.survey import Survey
from living_survey.model.units import Form, Unit, parse_unit
from living_survey.syntax.code_spans import mask_code
from living_survey.syntax.problems import did_you_mean

EXPRESSION = r"(?<!\\)\{\{(?!\{)([^{}\n]*(?:\n(?![ \t]*\n)[^{}\n]*)*)\}\}"
"""An expression; the group has what stands inside. It may go over lines, but not over paragraphs."""
_EXPRESSION = re.compile(EXPRESSION)
_KEY = re.compile(r"(\{\{\s*result\s+)([^\s}]+)")
_TYPED = re.compile(r'(\S+)\s+"([^"]+)"')


_EXACT = 8
"""Digits of a sum that are written out."""


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression as it stands in a text."""

    word: str
    rest: str
    start: int
    end: int

    @property
    def text(self) -> str:
        """What stands between the braces, with single spaces."""
        return f"{self.word} {self.rest}".strip()

    @classmethod
    def build(cls, inside: str, start: int = 0, end: int = 0) -> "Expression":
        """Take apart what stands between the braces."""
        word, _, rest = " ".join(inside.split()).partition(" ")
        return cls(word, rest, start, end)


@dataclass(frozen=True, slots=True)
class Value:
    """What an expression yields: plain text, where it leads, and what a reader sees there on focus.

    Attributes:
        text: The words in its place.
        address: An address of the site; empty for none.
        about: The quote, or the reason.
        key: The paper that a sentence with it has to cite; empty for none.
    """

    text: str
    address: str = ""
    about: str = ""
    key: str = ""


def find_expressions(text: str) -> Iterator[Expression]:
    """Yield the expressions of a text in Markdown, in its order, code left out."""
    for found in _EXPRESSION.finditer(mask_code(text)) if "{{" in text else ():
        yield Expression.build(text[found.start(1) : found.end(1)], *found.span())


def find_in_field(text: str) -> Iterator[Expression]:
    """Yield the expressions of a text in a file of a paper or a question.

    Such texts have no markup, so what begins with no word, like ``{{7*7}}``, stays as it is and is no mistake.
    """
    return (expression for expression in find_expressions(text) if expression.word.isalpha())


def evaluate(survey: Survey, expression: Expression, own: str = "") -> Value:
    """Return what an expression yields.

    Args:
        survey: The survey.
        expression: The expression.
        own: Key of the paper in whose file it stands, which it need not name.

    Raises:
        QueryError: If it is none, asks for what there is not, or has several answers.
    """
    word = WORDS.get(expression.word)
    if word is None:
        raise QueryError(f'"{expression.word}" is no expression', did_you_mean(expression.word, WORDS))
    first = expression.rest.partition(" ")[0]
    if (
        own
        and word is _result
        and not survey.find(first)
        and (first in survey.registry.metrics or first == expression.rest)
    ):
        return word(survey, f"{own} {expression.rest}")
    return word(survey, expression.rest)


def with_values(survey: Survey, text: str, own: str = "") -> str:
    """Return a text with what its expressions yield in their places; `own` as for `evaluate`.

    An expression that yields nothing stays: the checks report it where it is written.
    """
    if "{{" not in text:
        return text
    parts, done = list[str](), 0
    for expression in find_expressions(text):
        try:
            value = evaluate(survey, expression, own)
        except QueryError:
            continue
        parts += [unescaped(text[done : expression.start]), value.text]
        done = expression.end
    return "".join([*parts, unescaped(text[done:])])


def count_words(text: str) -> int:
    """Count the words of a text as it is typed; an expression is one."""
    return len(_EXPRESSION.sub("0", text).split())


def unescaped(text: str) -> str:
    """Return a text without expressions as it is read."""
    return text.replace("\\{{", "{{")


def tldr_of(survey: Survey, paper: Paper) -> str:
    """Return the sentence on a paper as plain text, with what its expressions yield; empty where there is none.

    Whatever shows the sentence takes it from here. Only what edits or checks a file goes by how it is typed.
    """
    typed = paper.tldr or ""
    if "{{" not in typed:
        return typed
    known = ("tldr", paper.key)  # it stands in some ten lists
    if known not in survey.once:
        survey.once[known] = with_values(survey, typed, paper.key)
    said: str = survey.once[known]
    return said


def spoken(survey: Survey, paper: Paper) -> Paper:
    """Return a paper whose texts have values in the places of expressions, for files that know no expressions."""
    if "{{" not in f"{paper.summary}{paper.tldr}":
        return paper
    said = {"summary": with_values(survey, paper.summary or "", paper.key), "tldr": tldr_of(survey, paper)}
    return paper.model_copy(update={name: text for name, text in said.items() if text})


def replace_names(text: str, paper: Callable[[str], str], query: Callable[[str], str]) -> str:
    """Return a text whose expressions call papers and themes by other names; all else stays, code too.

    Args:
        text: The text.
        paper: Returns what a key, or another first word behind ``result``, becomes.
        query: Returns what conditions become.
    """
    for expression in reversed(list(find_expressions(text))):
        if expression.word in WORDS and expression.word != "typed":
            inside = query(text[expression.start : expression.end])
            if expression.word == "result":
                inside = _KEY.sub(lambda found: found[1] + paper(found[2]), inside)
            text = f"{text[: expression.start]}{inside}{text[expression.end :]}"
    return text


def _count(survey: Survey, rest: str) -> Value:
    query = parse_query(rest, Vocabulary.build(survey))
    themes = [one for one in query.conditions if one.key == "theme" and not one.negated and len(one.values) == 1]
    address = addresses.theme(themes[0].values[0]) if themes else addresses.PAPERS
    return Value(str(len(query.papers(survey))), address, query.text)


def _result(survey: Survey, rest: str) -> Value:
    options, words = _options(rest)
    if len(words) < 2:
        raise QueryError("result needs a paper and a metric", "write result KEY METRIC")
    key, name, *conditions = words
    paper = survey.find(key)
    if paper is None:
        raise QueryError(f"unknown paper: {key}", did_you_mean(key, survey.papers, list_few=False))
    metric = _metric(survey, name)
    query = parse_query(" ".join(conditions), Vocabulary.build(survey))
    claims = [claim for claim in query.claims(survey, [paper]) if claim.number.metric == name]
    if "n" in options:
        number = int(options["n"]) if options["n"].isdecimal() else 0
        claims = claims[number - 1 : number] if number else []
    if not claims:
        stated = dict.fromkeys(claim.number.metric for claim in claims_of(paper))
        raise QueryError(f"{key} has no such result for {name}", f"it has {', '.join(stated)}" if stated else "")
    if len(claims) > 1:
        raise QueryError(f"{key} has {len(claims)} results for {name}", "add baseline= or n=")
    [claim] = claims
    text = amount(claim.number, metric)
    if "in" in options:
        text = _between([claim], parse_unit(options["in"]), metric, survey)
    return Value(text, addresses.claim(paper.key, claim.anchor), claim.number.quote or "", paper.key)


def _range(survey: Survey, rest: str) -> Value:
    options, words = _options(rest)
    metric, claims = _asked(survey, words, options)
    if not claims:
        return Value(label("numbers.range.none"))
    return Value(_between(claims, _common(claims, options), metric, survey), _page(claims))


def _sum(survey: Survey, rest: str) -> Value:
    options, words = _options(rest)
    metric, claims = _asked(survey, words, options)
    if not claims:
        return Value(label("numbers.range.none"))
    unit = _common(claims, options)
    if unit.form is not Form.LEVEL:
        raise QueryError("only amounts add up", "take a metric that counts or measures something")
    ends = [_ends(claim, unit, metric, survey) for claim in claims]
    low, high = (sum((pair[side] for pair in ends), Decimal(0)) for side in (0, 1))
    # A sum of what is stated is exact, if nothing was converted that cannot be.
    digits = "–".join(dict.fromkeys(written(end, _EXACT) for end in (low, high)))
    return Value(with_unit(digits, unit, metric), _page(claims))


def _typed(_: Survey, rest: str) -> Value:
    found = _TYPED.fullmatch(rest)
    if not found:
        raise QueryError("typed needs a number and a reason", 'write typed 2.4 "Table 5 of the paper"')
    return Value(found[1], "", found[2])


WORDS: Mapping[str, Callable[[Survey, str], Value]] = {
    "count": _count, "result": _result, "range": _range, "sum": _sum, "typed": _typed,
}  # fmt: skip
"""The words that an expression can begin with."""


def _options(rest: str) -> tuple[dict[str, str], list[str]]:
    """Return what an expression says of itself, and what it asks for; a unit has spaces, so it comes last."""
    head, _, unit = rest.partition(" in=")
    options, words = {"in": unit} if unit else {}, list[str]()
    for part in head.split():
        name, mark, value = part.partition("=")
        if mark and name == "n":
            options["n"] = value
        else:
            words.append(part)
    return options, words


def _metric(survey: Survey, name: str) -> Metric:
    if name not in survey.registry.metrics:
        raise QueryError(f"unknown metric: {name}", did_you_mean(name, survey.registry.metrics, list_few=False))
    return survey.registry.metrics[name]


def _asked(survey: Survey, words: list[str], options: Mapping[str, str]) -> tuple[Metric, list[Claim]]:
    """Return a metric, and its numbers in the papers of a query, without papers that were retracted or superseded.

    Where that leaves none, the text says so: what became of a paper must not keep a site from being built.
    """
    if not words:
        raise QueryError("no metric", "write range METRIC theme=…")
    name, *conditions = words
    metric = _metric(survey, name)
    query = parse_query(" ".join(conditions), Vocabulary.build(survey))
    claims = [claim for claim in query.claims(survey, query.papers(survey)) if claim.number.metric == name]
    if "in" in options:
        form = parse_unit(options["in"]).form
        claims = [claim for claim in claims if claim.number.measured.form is form]
    if not claims:
        raise QueryError(f"no number for {name} there", "widen the query")
    return metric, [claim for claim in claims if claim.paper.key not in survey.events]


def _common(claims: list[Claim], options: Mapping[str, str]) -> Unit:
    """Return the unit in which numbers are put together."""
    if "in" in options:
        return parse_unit(options["in"])
    forms = dict.fromkeys(str(claim.number.measured.form) for claim in claims)
    if len(forms) > 1:
        raise QueryError(f"numbers of {len(forms)} kinds: {', '.join(forms)}", "add in=UNIT: in=x, in=tokens/s")
    return claims[0].number.measured


def _ends(claim: Claim, unit: Unit, metric: Metric, survey: Survey) -> tuple[Decimal, Decimal]:
    number = claim.number
    ends = [in_unit(end, number.measured, unit, metric, survey.registry) for end in number.ends]
    known = sorted(end for end in ends if end is not None)
    if len(known) < 2:
        stated = number.unit or label("numbers.no_unit")
        raise QueryError(f"{claim.paper.key} states it in {stated}, not in {unit.text}", "choose another unit: in=UNIT")
    if known[0] < 0:
        side = "less" if unit.change == "more" else "more"
        raise QueryError(f"{claim.paper.key} states {side} than its baseline", "choose another unit: in=UNIT")
    return known[0], known[1]


def _between(claims: list[Claim], unit: Unit, metric: Metric, survey: Survey) -> str:
    """Return the least and the most that numbers state, in one unit."""
    ends = [(*_ends(claim, unit, metric, survey), claim.number.bound == "up to") for claim in claims]
    low, high = min(end[0] for end in ends), max(end[1] for end in ends)
    best = all(is_best for _, most, is_best in ends if most == high)
    most = with_unit(written(high), unit, metric)
    if low == high:
        return label("numbers.bounds.up_to", amount=most) if best else most
    if len(claims) == 1:
        return with_unit(f"{written(low)}–{written(high)}", unit, metric)
    name = "numbers.range.to_best_case" if best else "numbers.range.to"
    return label(name, low=with_unit(written(low), unit, metric), high=most)


def _page(claims: list[Claim]) -> str:
    return addresses.metric(claims[0].number.metric, claims[0].list)
