"""A picture made from data, as SVG that takes its colors from the page. Beside it stands the same in words.

I/O: none.
"""

from collections.abc import Sequence
from html import escape


def flow(steps: Sequence[tuple[str, str]]) -> str:
    """Return a picture of how records became papers, in the manner of PRISMA.

    Args:
        steps: (what stays in the flow, what leaves it there), from the top; the second may be empty.
    """
    parts, y = [], 8
    for index, (stays, leaves) in enumerate(steps):
        parts.append(
            f'<rect x="8" y="{y}" width="260" height="44" rx="4"/><text x="20" y="{y + 27}">{escape(stays)}</text>'
        )
        if leaves:
            parts.append(f'<rect x="316" y="{y}" width="300" height="44" rx="4"/>')
            parts.append(f'<text x="328" y="{y + 27}">{escape(leaves)}</text>')
            parts.append(f'<path class="survey-figure__edge" d="M 268 {y + 22} H 316"/>')
        if index < len(steps) - 1:
            parts.append(f'<path class="survey-figure__edge" d="M 138 {y + 44} V {y + 68}"/>')
        y += 68
    width = 624 if any(leaves for _, leaves in steps) else 276
    return _svg(width, y - 16, "; ".join(" / ".join(filter(None, step)) for step in steps), "".join(parts))


def _svg(width: int, height: int, label: str, inner: str) -> str:
    return (
        f'<svg class="survey-figure" role="img" aria-label="{escape(label)}" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" xmlns="http://www.w3.org/2000/svg">{inner}</svg>'
    )
