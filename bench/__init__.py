"""Benchmarks: ratios against peers or limits that are measured in the same run, never bare times."""
