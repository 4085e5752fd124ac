"""jianbao (简报): one document model, three editions."""
