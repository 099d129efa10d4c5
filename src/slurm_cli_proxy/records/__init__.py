"""Typed records of what the REST API answers, in the newest API's vocabulary."""
