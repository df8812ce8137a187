"""The pages, one file a place of the navigation: parse, ask the room or the desk, show."""
