"""`kpi`, and `python -m vinhchau_kpi`: the program from its first moment on."""

import sys

INTERRUPTED = 130
"""What shells expect of a program that Ctrl+C has ended."""


def main() -> int:
    """Run `kpi` with the arguments of the process. Ctrl+C ends it without a word, also while it is being loaded."""
    try:
        from vinhchau_kpi.cli import main as run

        return run()
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
