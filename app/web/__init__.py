"""The web pages: parse, call the desk, render. Jinja on the server, htmx where a page may answer while one types."""
