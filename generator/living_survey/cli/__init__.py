"""The command line: a module for each group of commands. Beside the plugin, the only package that prints."""

from living_survey.cli import add as adding
from living_survey.cli import check as checking
from living_survey.cli import import_ as exchange
from living_survey.cli import mv as upkeep
from living_survey.cli import report as proposing
from living_survey.cli import schema as derived
from living_survey.cli import serve as serving
from living_survey.cli.command import main

__all__ = ["adding", "checking", "derived", "exchange", "main", "proposing", "serving", "upkeep"]
