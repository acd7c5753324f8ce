"""The face: widgets, models, delegates, theme and every word the agent reads."""
