"""Dates as people read them. I/O: none."""

from living_survey.model.labels import label


def human_date(date: str) -> str:
    """Return ``2024-07-23`` as ``23 Jul 2024``, ``2024-07`` as ``Jul 2024``."""
    year, *rest = date.split("-")
    if not rest:
        return year
    month = label(f"dates.months.{int(rest[0])}")
    if len(rest) == 1:
        return label("dates.month", month=month, year=year)
    return label("dates.day", day=int(rest[1]), month=month, year=year)
