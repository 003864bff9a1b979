"""A grid of cells → figures and findings, row by row."""
