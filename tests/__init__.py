"""The tests, flat: a file for each module or promise; the cast in `conftest`, people and servers beside them."""
