"""A door for assistants (Model Context Protocol, over standard input and output): tools that read, and change nothing.

caller   in whose name an assistant asks
door     what every tool does first and last: may they, and the veil
answers  the shapes of what comes back
personas, evidence, briefs   what is read for each tool
tools    the tools as an assistant sees them
server   the protocol around them; the only file that knows the SDK
"""
