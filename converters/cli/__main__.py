"""`python -m converters.cli` is `jianbao`."""

from . import main

main()
