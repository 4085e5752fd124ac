"""Faces: finding them, choosing one for each role, what each glyph measures, subsets for the editions."""
