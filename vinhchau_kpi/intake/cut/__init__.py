"""Text or a workbook → a grid of cells, each with its place; nothing of it is understood but where the header is."""
