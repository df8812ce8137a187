"""REFI-QDA: studies and codebooks to and from other tools of qualitative analysis (standard 1.5).

names          GUIDs made from what they name; text that XML can hold
structure      the two schemas, in our own words; XML that comes in, parsed and checked
package        a `.qdpx`, which is a zip of `project.qde`, `Sources/` and our own `dramatis.json`
codebook_out, codebook_in      codes with their descriptions; `.qdc`
project_out    a study as `project.qde`; users, cases, codings and notes each in a file of its own (`*_out`)
project        what a `project.qde` says, as other tools may have written it; project_in reads it
offsets        how a tool counts characters, found out and undone
beside         what the standard has no place for, so that a study that comes back is the same
taking         a project into a study: whole or not at all
arriving       the doors' way in: projects among other files

docs/exchange.md tells users what becomes of what.
"""
