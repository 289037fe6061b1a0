"""What to write in a line of fields in braces that YAML cannot read: ``- {metric: speed, value: 4, unit: x more}``.

YAML's own words for such a line are nearly always "unclosed bracket", whatever the slip. I/O: none.
"""

import re

_FIELDS = re.compile(r"\s*(?:- *)?(?:[\w-]+: +)?\{(.*)")
_NAME = re.compile(r"\s*\"?[\w-]+\"?: *")
_WITHOUT_BRACES = re.compile(r"\s*- *([\w-]+: [^\"',{\[]+, *[\w-]+:( |$).*)")
CLOSE = "end the line with }"
_MOST = 2_000
"""Characters of a line that are looked at."""


def remedy_of(line: str) -> str:
    """Return what to write in a line that cannot be read; empty where that is not known."""
    line = line[:_MOST].rstrip()
    if re.match(r"\s*- *\(", line):
        return "write { } around the fields, in the place of ( )"
    if _WITHOUT_BRACES.match(line):
        fields = line.strip().lstrip("- ")
        return f"put the fields of one line in braces: - {{{fields if len(fields) <= 80 else f'{fields[:79]}…'}}}"
    if line.endswith("},"):
        return "delete the comma behind the brace"
    if line.startswith("- "):
        return 'items stand below the name of their list: results: on a line of its own, then "  - " and the item'
    found = _FIELDS.match(line)
    return _within(found[1]) if found else ""


def _within(rest: str) -> str:
    """Look at one field after another."""
    while named := _NAME.match(rest):
        field, rest = named[0].strip(' :"'), rest[named.end() :]
        if rest[:1] in ('"', "'"):
            sign = rest[0]
            closed = re.match(r'"(?:\\.|[^"\\])*"' if sign == '"' else r"'(?:''|[^'])*'", rest)
            if not closed:
                return f"end the value of {field} with {sign}"
            rest = rest[closed.end() :].lstrip()
            if rest and rest[0] not in ",}":
                if sign == "'":
                    return f'text with an apostrophe stands in double quotes: {field}: "…"'
                return f'write \\" for a quotation mark inside the double quotes of {field}'
        elif rest[:1] == "[":
            end = rest.find("]")
            if end < 0:
                return f"end the list of {field} with ]"
            rest = rest[end + 1 :].lstrip()
        else:
            value = re.match(r"[^,{}\[\]]*", rest)
            text, rest = (value[0], rest[value.end() :]) if value else ("", rest)
            if re.search(r"; *[\w-]+:", text):
                return "put commas between the fields, no semicolons"
            if re.search(r":(?: |$)", text):
                return f'put text with a colon in double quotes: {field}: "{text.strip()}"'
        if rest[:1] != ",":
            break
        rest = rest[1:]
    return "" if "}" in rest else CLOSE
