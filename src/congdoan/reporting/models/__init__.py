"""What reporting keeps. Constraints here, workflow in ``actions``."""

from congdoan.reporting.models.catalogue import Breakdown, Category, Indicator, IndicatorVersion, Series
from congdoan.reporting.models.periods import Calendar, Period
from congdoan.reporting.models.reports import Entry, Report, ReportVersion, ReviewStep, Summary
from congdoan.reporting.models.sheets import Line, Obligation, Rule, Section, Sheet, SheetVersion
from congdoan.reporting.models.targets import OutsideFigure, Target
from congdoan.reporting.models.totals import Batch, Clock, Counted, Counting, Dirty, Fact, Total

__all__ = [
    "Batch", "Breakdown", "Calendar", "Category", "Clock", "Counted", "Counting", "Dirty", "Entry", "Fact", "Indicator",
    "IndicatorVersion", "Line", "Obligation", "OutsideFigure", "Period", "Report", "ReportVersion", "ReviewStep", "Rule",
    "Section", "Series", "Sheet", "SheetVersion", "Summary", "Target", "Total",
]  # fmt: skip
