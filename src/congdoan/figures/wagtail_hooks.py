"""Live figures in the editors' rich text."""

from __future__ import annotations

from typing import Any

from wagtail import hooks

from congdoan.figures.rendering import FigureHandler


@hooks.register("register_rich_text_features")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def live_figures(features: Any) -> None:
    """Know how a stored figure is shown."""
    features.register_embed_type(FigureHandler)
