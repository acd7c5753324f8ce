"""`python -m sidebar` is the command `sidebar`."""

from sidebar.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
