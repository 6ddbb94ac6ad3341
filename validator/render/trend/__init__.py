"""A comparison of dates in each format: text, Markdown, JSON, a workbook."""
