"""Other programs' phrase files, in and out.

What a file is, is told by its content alone: each reader looks at a `Source` and answers with a
`Reading` or None. A reader yields a `Draft` for each phrase and a `Remark` for what it had to refuse,
by row. `plans` makes our phrases of the drafts and compares them with the library; nothing is
written here but the files that are handed out. Nothing found in a file is ever run.
"""
