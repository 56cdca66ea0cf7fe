"""`python -m synthgen` is the command `synthgen`."""

import sys

from synthgen.cli.main import main

sys.exit(main())
