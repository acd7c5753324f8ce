"""Use cases: what the agent does, made of the domain and of ports."""
