"""The words of the house as pydantic models, one noun a file. Importing them loads no adapter."""
