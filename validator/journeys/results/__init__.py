"""What a run found as one thing, a `ResultSet`, wherever it comes from.

`entries` lists the policies; `of_report` makes a result set of a report, `merged` of several; `tallies` counts what
a report holds, so that the roll-up of a saved report is that of its run; `pages` parts results by organization;
`trend` compares result sets of several dates.
"""
