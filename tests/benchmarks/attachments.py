"""Files of 20 MB kept and opened beside the bare cipher, the memory they take, and look-ups of codes per second."""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from sqlalchemy import Connection

from bot.attachments import MEBIBYTE, MOST_BYTES, Attachments
from bot.console.opening import File, open_file
from bot.encryption.codes import ReportCode, code_key, lookup_id, new_code
from bot.encryption.passphrase import CODE
from bot.hidden_data.looking import look
from bot.storage import conversations, reports
from bot.storage.database import Database, bring_up_to_date
from dialogs.inputs import Attached
from tests.photos import phone_photo

ROUNDS = 5
AT_ONCE = (1, 2, 4, 6)  # uploads
REPORTS, LOOKUPS, KEYS = 2_000, 5_000, 20
NOW = datetime(2027, 3, 1, tzinfo=UTC)


def a_film() -> bytes:
    """As random as a film is."""
    return os.urandom(MOST_BYTES)


def a_big_photo() -> bytes:
    """A phone's photo of 20 MB, of which a copy without place and time is made and kept too."""
    begun = phone_photo().removesuffix(b"\xff\xd9")
    dots = os.urandom(MOST_BYTES - len(begun) - 2).replace(b"\xff", b"\0")
    return begun + dots + b"\xff\xd9"


async def seconds_of(work: Callable[[], Awaitable[object]]) -> float:
    """The median of some rounds."""
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        await work()
        taken.append(time.perf_counter() - began)
    return sorted(taken)[ROUNDS // 2]


def begin(connection: Connection, id: str) -> None:
    """A conversation that files can be kept with."""
    row = conversations.Kept(id=id, person=id.encode(), revision=1, wrapped_key=b"-", sealed_state=b"-", expires_at=NOW)
    conversations.begin(connection, row)


class House:
    """An empty database in a folder of its own, and conversations that end after one file."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.attachments = Attachments(database, token_bytes)

    async def keeps(self, plain: bytes, kind: str) -> Attached:
        conversation = token_bytes(16).hex()
        await self.database.unit(lambda c: begin(c, conversation))
        return await self.attachments.keep(conversation, plain, kind=kind, at=NOW)

    async def opens(self, kept: Attached) -> bytes:
        """As staff do: fetched, unlocked, and compared with its fingerprint."""
        sealed = await self.database.look(lambda c: _sealed(c, kept.blob))
        file = File(blob=kept.blob, key=kept.key, kind="File", size=kept.size, sha256=kept.sha256)
        return await asyncio.to_thread(open_file, sealed, file)


def _sealed(connection: Connection, id: str) -> bytes:
    found = connection.exec_driver_sql("SELECT sealed FROM blobs WHERE id = ?", (id,)).scalar_one()
    return bytes(found)


async def files(house: House) -> list[tuple[str, float]]:
    """Seconds for one file of 20 MB, by what is done with it."""
    film, photo = a_film(), a_big_photo()
    kept = await house.keeps(film, "video")
    cipher, nonce = ChaCha20Poly1305(token_bytes(32)), bytes(12)
    locked = cipher.encrypt(nonce, film, b"")

    async def bare(work: Callable[[], object]) -> None:
        work()

    return [
        ("ChaCha20-Poly1305 alone, lock", await seconds_of(lambda: bare(lambda: cipher.encrypt(nonce, film, b"")))),
        ("ChaCha20-Poly1305 alone, open", await seconds_of(lambda: bare(lambda: cipher.decrypt(nonce, locked, b"")))),
        ("SHA-256 alone", await seconds_of(lambda: bare(lambda: sha256(film)))),
        ("photo, looked into and cut", await seconds_of(lambda: bare(lambda: look(photo)))),
        ("film, kept durably", await seconds_of(lambda: house.keeps(film, "video"))),
        ("photo, kept durably with its copy", await seconds_of(lambda: house.keeps(photo, "photo"))),
        ("film, opened and compared", await seconds_of(lambda: house.opens(kept))),
    ]


async def codes(house: House) -> list[tuple[str, float]]:
    """Look-ups per second among many reports: of codes that exist, that do not, and whole openings."""
    pepper, known = token_bytes(32), [new_code(token_bytes) for _ in range(REPORTS)]
    await house.database.unit(lambda c: _file_all(c, [lookup_id(code, pepper) for code in known]))
    unknown = [new_code(token_bytes) for _ in range(REPORTS)]

    async def one(code: ReportCode) -> None:
        lookup = lookup_id(code, pepper)
        await house.database.look(lambda c: reports.by_lookup(c, lookup))

    async def opened(code: ReportCode) -> None:
        await one(code)
        await asyncio.to_thread(code_key, code, bytes(16), CODE)

    return [
        ("codes that exist", await _rate(one, [known[n % REPORTS] for n in range(LOOKUPS)])),
        ("codes that do not", await _rate(one, [unknown[n % REPORTS] for n in range(LOOKUPS)])),
        ("codes that exist, with the slow key", await _rate(opened, known[:KEYS], together=2)),
    ]


async def _rate(
    work: Callable[[ReportCode], Awaitable[None]], given: Sequence[ReportCode], *, together: int = 32
) -> float:
    waiting = iter(given)

    async def worker() -> None:
        for code in waiting:
            await work(code)

    began = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(together)))
    return len(given) / (time.perf_counter() - began)


def _file_all(connection: Connection, lookups: Sequence[bytes]) -> None:
    for lookup in lookups:
        row = reports.FiledReport(
            id=token_bytes(16).hex(),
            area="bristol",
            filed_at=NOW,
            lookup=lookup,
            salt=bytes(16),
            reporter_public=b"-",
            reporter_private=b"-",
        )
        reports.file_report(connection, row, {})


async def uploads(number: int, *, photo: bool) -> float:
    """In a process of its own: the most memory while so many files are kept at once, beyond the files, in MiB."""
    with tempfile.TemporaryDirectory() as folder:
        async with _house(folder) as house:
            plain = [a_big_photo() if photo else a_film() for _ in range(number)]
            await house.keeps(phone_photo(), "photo")  # warm
            before = memory("VmRSS")
            forget_peak()
            await asyncio.gather(*(house.keeps(each, "photo") for each in plain))
            return memory("VmHWM") - before


@asynccontextmanager
async def _house(folder: str) -> AsyncIterator[House]:
    path = Path(folder, "files.sqlite3")
    bring_up_to_date(path)
    async with Database.open(path) as database:
        yield House(database)


def memory(what: str) -> float:
    """What this process holds (VmRSS), or held at most (VmHWM), in MiB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(what))


def forget_peak() -> None:
    """From now on VmHWM is the peak since now."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


async def memory_of(number: int, *, photo: bool, returns: bool) -> float:
    """`uploads` in a process of its own; `returns`: its allocator gives large blocks back at once."""
    environ = {**os.environ, **({"MALLOC_MMAP_THRESHOLD_": str(MEBIBYTE)} if returns else {})}
    command = ("-m", "tests.benchmarks.attachments", str(number), "photo" if photo else "film")
    child = await asyncio.create_subprocess_exec(sys.executable, *command, env=environ, stdout=asyncio.subprocess.PIPE)
    said, _ = await child.communicate()
    return float(said)


async def main() -> None:
    """One table."""
    with tempfile.TemporaryDirectory() as folder:
        async with _house(folder) as house:
            taken, found = await files(house), await codes(house)
    bare = taken[0][1]
    lines = [f"{'a file of 20 MB':<38}{'ms':>7}{'MB/s':>8}{'of bare':>9}"]
    lines += [f"{what:<38}{1000 * s:>7.0f}{MOST_BYTES / MEBIBYTE / s:>8.0f}{s / bare:>8.1f}x" for what, s in taken]
    lines += ["", "the most memory while files are kept, beyond the files themselves, MiB"]
    lines += [f"{'uploads at once':<38}{'films':>7}{'photos':>8}"]
    for returns, said in ((False, ""), (True, ", MALLOC_MMAP_THRESHOLD_ set")):
        for number in AT_ONCE:
            film, photo = [await memory_of(number, photo=photo, returns=returns) for photo in (False, True)]
            lines.append(f"{f'{number}{said}':<38}{film:>7.0f}{photo:>8.0f}")
    lines += ["", f"look-ups among {REPORTS} reports".ljust(38) + f"{'a second':>9}"]
    lines += [f"{what:<38}{rate:>9.0f}" for what, rate in found]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.stdout.write(str(asyncio.run(uploads(int(sys.argv[1]), photo=sys.argv[2] == "photo"))))
    else:
        asyncio.run(main())
