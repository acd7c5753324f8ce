"""What Qt implements of our ports, and the one door from events to widgets."""
