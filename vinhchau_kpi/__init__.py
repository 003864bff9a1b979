"""Track the targets of a public plan against what was achieved.

The flow, one way: a plan file and submitted CSV files are opened and parsed (`intake`) into a `plan.Plan` and
`figures.Figures`, with `finding.Finding`s beside them; `checks` holds figures against each other; `report`, `diff`
and `coverage` compute values from them (`actual` adds up, `achievement` judges); `views` put those into words,
`forms` those into text or a file; `cli` reads arguments, calls one after the other, and sets the exit code.
"""

__version__ = "0.1.0"
