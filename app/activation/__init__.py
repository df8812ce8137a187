"""Activation: from segments to work on a CRM's contacts.

fields       what a CRM's columns are called here, and which of them no rule may rest on
testing      whether a test holds for a contact
candidates   the tests that a study's participants suggest
learning     which of them tell a segment's members from others, with their weights
scoring      how well a contact fits each segment
trying       participants scored by rules learnt without them; from where on a contact is assigned
questions    what to ask where attributes do not tell
rules        a study's rule book; `loading` makes it of a study as it stands now
contacts     a table of contacts, row by row, without what reaches a person
assigning    a persona, or none, for each row, with the reasons
filing       the same into a file, row by row
tally        how many went where, and what to do about the rest
writing      the answers as CSV and JSON (`csv_table`: inert cells)

Contacts are personal data: nothing of them is stored, logged or sent anywhere.
"""
