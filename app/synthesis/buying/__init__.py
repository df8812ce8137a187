"""Buying centres: who decides together at an account, who stands against whom, and what all of them share."""
