"""What tests write into submissions, and how they check them."""

import subprocess
from pathlib import Path

from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_survey
from living_survey.syntax.problems import Problem, ProblemsError

from tests.commands import run_survey
from tests.fabricate import write_survey

TEMPLATES = "{{7*7}}{% x %}${7*7}"
XSS = "</title></script></textarea><img src=x onerror=ran()><script>ran()</script>\"'><svg/onload=ran()>" + TEMPLATES
TEX = r"\input{/etc/passwd} \write18{id} } @misc{evil} % $ # & ~ ^ _ {"
NAME = "\"'onload=ran() {{a*a}}{% x %}${a*a} javascript:ran()"
"""What a name may say; `test_names_have_no_markup` has what it may not."""
FORMULA = "=cmd|' /C calc'!A0"


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    return run_survey(folder, "check")


def problems_of(config: Path) -> list[Problem]:
    """Return what the checks say of a survey."""
    try:
        return load_survey(load_settings(config))[1]
    except ProblemsError as error:
        return error.problems


def with_paper(folder: Path, name: str, text: str | bytes) -> subprocess.CompletedProcess[str]:
    """Check a survey of four papers and one more file."""
    write_survey(folder, 4)
    file = folder / "papers" / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return check(folder)
