"""The addresses of the interface: the lists and records of the published API, all of them GET, none of them kept."""

from collections.abc import Callable
from functools import cached_property

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route

from bot.directory_api.answers import ALWAYS, HOUR, METHODS, answer, page, problem
from bot.directory_api.catalogue import LISTS, Catalogue, brief, catalogue_of
from bot.directory_api.choosing import choose
from bot.directory_api.questions import BadQuestion, Question, read_question
from services_directory.model import Directory
from services_directory.openreferral.terms import Record

ROOT = "/api/directory"
ABOUT = {
    "version": "HSDS-UK-3.0",
    "profile": "https://docs.openreferraluk.org/en/latest/",
    "openapi_url": "https://openreferraluk.org/specifications/3.0/openapi.json",
    "description": "Services for people hurt by hate, harassment or sexual violence. Read-only.",
}
TITLES = {400: "The question cannot be answered", 404: "Not found", 405: "Only GET", 500: "Something broke here"}

Show = Callable[[Record], Record]


def routes(directory: Directory) -> list[Route | Mount]:
    """All of it, to be served before anything that answers every address."""

    async def whole(_: Request) -> Response:
        return RedirectResponse(f"{ROOT}/", 308, headers=ALWAYS | {"cache-control": HOUR})

    return [Route(ROOT, whole), Mount(ROOT, app=directory_api(directory))]


def directory_api(directory: Directory) -> Starlette:
    """The interface alone, at the root of its own addresses."""
    interface = _Interface(directory)
    app = Starlette(
        routes=[Route("/", interface.about), *interface.routes()],
        exception_handlers={HTTPException: _elsewhere, BadQuestion: _bad_question, Exception: _broken},
    )
    app.router.redirect_slashes = False
    return app


class _Interface:
    """Answers from records that are made at the first question: most houses are never asked."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    @cached_property
    def _catalogue(self) -> Catalogue:
        return catalogue_of(self._directory)

    async def about(self, request: Request) -> Response:
        return answer(request, ABOUT, modified=self._catalogue.modified)

    def routes(self) -> list[Route]:
        return [route for name in LISTS for route in self._list(name)]

    def _list(self, name: str) -> tuple[Route, Route]:
        async def many(request: Request) -> Response:
            question = read_question(request.query_params)
            body = page(choose(self._catalogue, name, question), question, _shown(name, question))
            return answer(request, body, modified=self._catalogue.modified, keep=not question.telling)

        async def one(request: Request) -> Response:
            record = self._catalogue.records(name).get(request.path_params["id"])
            if record is None:
                return problem(404, TITLES[404])
            return answer(request, record, modified=self._catalogue.modified)

        return Route(f"/{name}", many), Route(f"/{name}/{{id}}", one)


def _shown(name: str, question: Question) -> Show:
    if question.minimal:
        return lambda record: {key: record[key] for key in ("id", "last_modified") if key in record}
    if name == "services" and not question.full:
        return brief
    return lambda record: record


def _options() -> Response:
    """What a browser asks before a page of somebody else's may ask us."""
    allowed = {"allow": METHODS, "access-control-allow-methods": METHODS, "access-control-max-age": "86400"}
    return Response(status_code=204, headers=ALWAYS | allowed)


async def _bad_question(_: Request, wrong: Exception) -> Response:
    return problem(400, TITLES[400], str(wrong))


async def _elsewhere(request: Request, fault: Exception) -> Response:
    status = fault.status_code if isinstance(fault, HTTPException) else 500
    if status == 405 and request.method == "OPTIONS":
        return _options()
    return problem(status, TITLES.get(status, TITLES[400]))


async def _broken(_: Request, __: Exception) -> Response:
    return problem(500, TITLES[500])
