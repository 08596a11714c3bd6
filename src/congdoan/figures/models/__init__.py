"""What figures keep. Constraints here, workflow in ``actions``."""

from congdoan.figures.models.featured import FeaturedFigure
from congdoan.figures.models.pages import Discrepancy, Erratum, PageFigure
from congdoan.figures.models.published import PublishedFigure
from congdoan.figures.models.readings import ReadFigure, Reading
from congdoan.figures.models.reports import ReportMixin

__all__ = [
    "Discrepancy",
    "Erratum",
    "FeaturedFigure",
    "PageFigure",
    "PublishedFigure",
    "ReadFigure",
    "Reading",
    "ReportMixin",
]
