"""How fast the editions are made, beside other programs in the same run: `python -m benchmarks`."""
