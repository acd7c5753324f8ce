"""A shift summary as Markdown, JSON or a workbook."""
