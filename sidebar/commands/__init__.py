"""The commands, one module a subject; each takes parsed arguments and returns an exit status."""
