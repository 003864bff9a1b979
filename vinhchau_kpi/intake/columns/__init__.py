"""A long file → a ledger, by columns: the same figures and findings as row by row, sooner."""
