"""Values → what a person or a program is told of them. Views choose words, columns and marks; they compute nothing.

One module for each thing shown says it as a `Screen` (for people) and as plain facts (for programs); `forms` turns both into text.
"""
