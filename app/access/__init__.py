"""Access: who may do what. `action` is the one table of roles and actions, `principal` is whoever asks,
`permission` holds routes to both."""
