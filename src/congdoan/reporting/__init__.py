"""Report once: indicators, sheets, reports, review, totals."""
