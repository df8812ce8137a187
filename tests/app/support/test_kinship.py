"""Words count in full where a text has them, and for less where it only has their kin."""

from app.support.kinship import Kindred

TEXTS = ["The finance director signs it.", "She holds the purse.", "Gulls shout on the roof."]


def test_the_same_words_outweigh_their_kin_and_kin_outweigh_strangers() -> None:
    same, kin, strange = Kindred(TEXTS).shares("The finance director")
    assert same > kin > strange == 0


def test_words_that_nobody_has_kin_of_are_strange() -> None:
    kindred = Kindred(TEXTS)
    assert kindred.strange("zeppelin") == 1
    assert kindred.strange("gulls") == kindred.strange("cfo") == 0
    assert kindred.strange("") == 0
