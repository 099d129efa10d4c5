"""Talking to slurmrestd: transport, authentication, API versions, endpoints, errors. Knows no command."""
