"""Durable jobs: what outlives a closed browser, a cancelled request and a killed process.

`desk` is the port every door works with; the rest is its adapter on DBOS. Only this package imports DBOS.
"""
