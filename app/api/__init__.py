"""REST /api/v1: what the command line does, for programs. Thin: parse, call the desk, answer.

`router` puts the rooms together, `context` finds the bench and the job desk, `problems` turns errors into
problem+json, `paging` and `etags` are manners that all rooms share; the rest is a room a file.
"""
