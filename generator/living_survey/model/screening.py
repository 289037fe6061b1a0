"""How records became papers: listed, duplicate, screened, left out, included.

The file (``docs/screening.yaml`` unless the settings say otherwise) names every record that was screened and left out,
each with one of the reasons that it declares. I/O: none.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A record that was screened and left out."""

    title: str
    reason: str
    source: str = ""
    id: str = ""
    """DOI, arXiv id or address."""


@dataclass(frozen=True, slots=True)
class Screening:
    """What the file says."""

    duplicates: int = 0
    """Records that were listed more than once."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Reason → definition."""
    records: tuple[Exclusion, ...] = ()
    searched: tuple[str, ...] = ()
    """Where and how records were looked for, in words."""

    @property
    def by_reason(self) -> dict[str, int]:
        """How many records each reason left out, in the order of the reasons."""
        counts = Counter(record.reason for record in self.records)
        return {reason: counts[reason] for reason in self.reasons}
