"""The only SQL and the only files of ours: history, packs, client profiles, settings."""
