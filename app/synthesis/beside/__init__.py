"""Personas beside the segment tree: customers, candidates, and those who are a poor fit."""
