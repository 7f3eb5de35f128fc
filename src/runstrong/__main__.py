"""Let ``python -m runstrong`` do what the command line tool does."""

import sys

from runstrong.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
