"""Values → something to read. Views choose words, columns and marks; they compute nothing.

One module for each thing shown says it as a `Screen` (for people) and as plain facts (for machines); one module
for each medium turns those into text: `terminal`, `markdown`, `machine`.
"""
