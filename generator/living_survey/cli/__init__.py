"""The command line: a module for each command. Beside the plugin, the only package that prints."""

from living_survey.cli import (
    add,
    add_name,
    check,
    export,
    fmt,
    forms,
    github,
    import_,
    init,
    keys,
    mv,
    problems,
    questions,
    report,
    schema,
    serve,
    upgrade,
)
from living_survey.cli.command import main

__all__ = [
    "add", "add_name", "check", "export", "fmt", "forms", "github", "import_", "init", "keys", "main", "mv",
    "problems", "questions", "report", "schema", "serve", "upgrade",
]  # fmt: skip
