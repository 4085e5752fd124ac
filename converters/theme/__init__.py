"""Style sheets: one sheet drives all three editions."""
