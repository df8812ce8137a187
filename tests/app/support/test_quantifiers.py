"""Words for how many people are held against k of n."""

import pytest

from app.support.quantifiers import misfit


@pytest.mark.parametrize(
    ("claim", "k", "n", "fits"),
    [
        pytest.param("Most managers wait.", 2, 9, False, id="most of few"),
        pytest.param("Most managers wait.", 6, 9, True, id="most"),
        pytest.param("Price is the most important thing.", 1, 9, True, id="a superlative counts nobody"),
        pytest.param("Everybody waits.", 8, 9, False, id="everybody but one"),
        pytest.param("Everybody waits.", 9, 9, True, id="everybody"),
        pytest.param("All systems are slow.", 1, 9, True, id="all of things"),
        pytest.param("All of them wait.", 5, 9, False, id="all of them"),
        pytest.param("Almost everyone waits.", 8, 9, True, id="almost everyone"),
        pytest.param("Nobody wants a call.", 3, 9, False, id="nobody, said by three"),
        pytest.param("Nobody wants a call.", 9, 9, True, id="nobody, said by all"),
        pytest.param("Half of the users wait.", 2, 9, False, id="half"),
        pytest.param("More than half of the users wait.", 5, 9, True, id="more than half"),
        pytest.param("Several users wait.", 2, 9, False, id="several are three"),
        pytest.param("Some users wait.", 2, 9, True, id="some are two"),
        pytest.param("3 of 9 wait.", 4, 9, False, id="counted wrong"),
        pytest.param("3 of 9 wait.", 3, 9, True, id="counted right"),
        pytest.param("Three of the nine wait.", 4, 9, False, id="counted wrong in words"),
        pytest.param("They wait.", 1, 9, True, id="no quantifier"),
    ],
)
def test_quantifiers(claim: str, k: int, n: int, fits: bool) -> None:
    assert (misfit(claim, k, n) == "") is fits
