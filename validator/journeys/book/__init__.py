"""The book of a policy set as plain data: chapters, entries and indexes, ready to be rendered."""
