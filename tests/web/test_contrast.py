"""Colours of the page, light and dark: contrast AA (WCAG 2.2 §1.4.3, 4.5 to 1 for text)."""

from __future__ import annotations

import re

import pytest

from web.pages import STATIC

AA = 4.5
PAIRS = [
    ("text", "ground"), ("text", "surface"), ("text", "raised"), ("text", "sunken"), ("text", "accent-soft"),
    ("muted", "ground"), ("muted", "surface"), ("muted", "raised"), ("muted", "sunken"),
    ("accent", "ground"), ("accent", "surface"), ("accent", "raised"), ("accent", "accent-soft"), ("accent", "sunken"),
    ("on-accent", "accent"), ("on-accent", "accent-strong"), ("on-mine", "mine"), ("on-mark", "mark"),
    ("warn", "warn-soft"), ("danger", "raised"), ("ground", "text"),
]  # fmt: skip


def _schemes() -> dict[str, dict[str, str]]:
    style = (STATIC / "base.css").read_text("utf-8")
    blocks = re.findall(r"(:root[^{]*)\{([^}]*)\}", style)
    colours = {selector.strip(): dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", body)) for selector, body in blocks}
    light = colours[":root"]
    return {
        "light": light,
        "dark, chosen": light | colours[':root[data-theme="dark"]'],
        "dark, as the device": light | colours[':root:not([data-theme="light"])'],
    }


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2, definition)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark, chosen", "dark, as the device"])
@pytest.mark.parametrize(("front", "back"), PAIRS)
def test_text_can_be_read(scheme: str, front: str, back: str) -> None:
    colours = _schemes()[scheme]
    lighter, darker = sorted((_luminance(colours[front]), _luminance(colours[back])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= AA


def test_both_dark_schemes_are_one() -> None:
    schemes = _schemes()
    assert schemes["dark, chosen"] == schemes["dark, as the device"] != schemes["light"]
