"""The impact of a change as text, Markdown for a merge request, and JSON."""
