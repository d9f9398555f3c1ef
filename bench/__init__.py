"""Benchmarks: ratios within one run, as tables."""
