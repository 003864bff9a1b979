"""Screens and reports → text or files: one module for each form (terminal, page, workbook, Word annex, Markdown, JSON and CSV, …)."""
