from tests.test_crash import house, survives
from tests.conftest import *
async def test_prof(house):
    for n in range(12):
        await survives(house, ("before-commit", 5))
        await survives(house, ("before-send", 10))
        print("ok", n, flush=True)
