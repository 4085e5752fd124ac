"""The document model: what a bulletin says, with no word about how it looks."""
