"""`python -m converters.cli` is `jianbao`."""

from . import main

if __name__ == "__main__":
    main()
