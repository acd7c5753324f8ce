"""A shift summary as Markdown, JSON, CSV or a workbook; `formats` is the door.

`contents` says once what a report tells and in which order; each format only says how it looks.
"""
