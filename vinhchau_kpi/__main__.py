"""`python -m vinhchau_kpi`."""

import sys

from vinhchau_kpi.cli import main

sys.exit(main())
