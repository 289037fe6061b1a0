"""The command line: a module for each group of commands. Beside the plugin, the only package that prints."""

from living_survey.cli import adding, checking, derived, exchange, proposing, serving, upkeep
from living_survey.cli.command import main

__all__ = ["adding", "checking", "derived", "exchange", "main", "proposing", "serving", "upkeep"]
