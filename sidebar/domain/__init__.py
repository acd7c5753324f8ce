"""Values and rules of the trade, without effects: no Qt, no SQL, no files, no clock of its own."""
