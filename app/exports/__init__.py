"""Exports: everything that leaves the house as a file.

catalogue   the one table: name, what it is for, whose words it holds, who makes it
outgoing    a study as files are made of it, loaded once
writing     files into a folder; those a run leaves in the home folder, which go on telling what is known
finding     those that lie in the home folder
personas, playbooks …   a file a kind of export

A file is made of an `Outgoing` and of nothing else, so that what people rejected, and words that
may not go out, stay in.
"""
