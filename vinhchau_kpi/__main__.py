"""`kpi`, and `python -m vinhchau_kpi`: the program from its first moment on."""

import signal
import sys

INTERRUPTED, ENDED = 130, 143
"""What shells expect of a program that Ctrl+C has ended, and of one that was told to end."""


def main() -> int:
    """Run `kpi` with the arguments of the process. Ctrl+C ends it without a word, also while it is being loaded."""
    # What is half written is taken away then.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(ENDED))
    # What is thrown away half made, such as a workbook that found no room, has been spoken of.
    sys.unraisablehook = lambda _: None
    try:
        from vinhchau_kpi.cli import main as run

        return run()
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
