"""The colors of a survey's pages: what a survey sets of them, whether they can be read, and the style sheet they make.

They reach pages as custom properties in a style sheet of their own, since a policy for contents may refuse styles that
stand in a page. I/O: none.
"""

from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from living_survey.model.values import Matching, Text, value_error

Color = Annotated[
    Text, Matching.build(r"#[0-9a-fA-F]{6}", "a color", 'write six hexadecimal digits in quotes: "#0a5a9c"')
]
LEAST = 4.5
"""Contrast that text needs on what is behind it: WCAG 2.2, success criterion 1.4.3."""
PAIRS = (
    *((text, behind) for text in ("ink", "muted", "accent", "warn") for behind in ("ground", "soft")),
    ("ink", "accent_soft"),
    ("accent", "accent_soft"),
    ("ground", "accent"),
)
"""Which color is read on which: the last is a button."""


class Colors(BaseModel):
    """The colors of one scheme, each ``#rrggbb``."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False)

    ink: Color
    """Text."""
    muted: Color
    """What is said beside."""
    line: Color
    """Hairlines, which nobody has to read."""
    soft: Color
    """Behind code and fields."""
    accent: Color
    """Links, marks of pictures, the main button."""
    accent_soft: Color
    """Behind what is chosen."""
    warn: Color
    """What is not, or no longer, to be relied on."""
    ground: Color
    """The page."""

    @model_validator(mode="after")
    def _readable(self) -> "Colors":
        for text, behind in PAIRS:
            found = contrast(getattr(self, text), getattr(self, behind))
            if found < LEAST:
                raise value_error("look-contrast", text=text, behind=behind, found=f"{found:.1f}", least=LEAST)
        return self


class Light(Colors):
    """The light scheme."""

    ink: Color = "#1c2128"
    muted: Color = "#57606a"
    line: Color = "#d8dee4"
    soft: Color = "#f5f7f9"
    accent: Color = "#0a5a9c"
    accent_soft: Color = "#e3eff9"
    warn: Color = "#9a5b00"
    ground: Color = "#ffffff"


class Dark(Colors):
    """The dark scheme."""

    ink: Color = "#e4e8ee"
    muted: Color = "#a7b1bd"
    line: Color = "#343b45"
    soft: Color = "#20262e"
    accent: Color = "#82bbf0"
    accent_soft: Color = "#1d3044"
    warn: Color = "#e8b25c"
    ground: Color = "#171b21"


class Look(BaseModel):
    """What a survey sets of its look; what it leaves out is as in every survey."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    light: Light = Field(default_factory=Light)
    dark: Dark = Field(default_factory=Dark)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colors, 1 to 21, as WCAG 2 defines it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: str) -> float:
    parts = (int(color[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def to_css(look: Look) -> str:
    """Return the style sheet with the colors: those of the light scheme hold on paper too."""
    return "\n".join(
        [
            "/* Made from the survey's settings, look: in mkdocs.yml. */",
            *_rule(":root", look.light),
            "@media screen {",
            *_rule('[data-md-color-scheme="slate"]', look.dark),
            "}\n",
        ]
    )


def _rule(selector: str, colors: Colors) -> Iterator[str]:
    yield f"{selector} {{"
    for name, value in colors.model_dump().items():
        yield f"  --s-{name.replace('_', '-')}: {value};"
    yield "}"
