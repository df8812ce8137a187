"""Audit: an existing persona, from an agency or a chatbot, held line by line against what participants said."""
