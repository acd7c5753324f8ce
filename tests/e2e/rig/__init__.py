"""A desktop of its own for the tests: X screen, window manager, bus, chat server, buyers, chat client.

Everything here starts when asked for, waits for conditions instead of time, sees nothing of the
machine's own session, and is ended with all it started.
"""
