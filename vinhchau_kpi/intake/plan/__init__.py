"""The file of the plan."""
