"""Every address of the console, in one list."""

from functools import partial

from starlette.middleware import Middleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from bot.console.asking import ask_reporter, end_question, show_form
from bot.console.case_page import show_case, take_case
from bot.console.console import Console
from bot.console.downloads import download
from bot.console.entrance import come_in, go_out, show_door
from bot.console.feedback import mark_feedback, show_feedback
from bot.console.guard import Guard, faults
from bot.console.holding import keep_by_law, lift_hold
from bot.console.inbox import show_inbox
from bot.console.pages import HOME
from bot.console.task_adding import add_task
from bot.console.tasks import act_on_task, show_task
from bot.console.visit import Handler, signed_in
from bot.console.writing import write_letter


def routes(console: Console) -> list[BaseRoute]:
    """The console, to be put among the other routes of the program."""
    rooms = [
        Route("/style.css", partial(style, console), methods=["GET"]),
        Route("/sign-in", partial(show_door, console), methods=["GET"]),
        Route("/sign-in", partial(come_in, console), methods=["POST"]),
        _room(console, "GET", "/", show_inbox),
        _room(console, "GET", "/cases/{case}", show_case),
        _room(console, "POST", "/cases/{case}/take", take_case),
        _room(console, "POST", "/cases/{case}/letters", write_letter),
        _room(console, "GET", "/cases/{case}/questions", show_form),
        _room(console, "POST", "/cases/{case}/questions", ask_reporter),
        _room(console, "POST", "/cases/{case}/questions/{question}/end", end_question),
        _room(console, "POST", "/cases/{case}/hold", keep_by_law),
        _room(console, "POST", "/cases/{case}/hold/lift", lift_hold),
        _room(console, "POST", "/cases/{case}/tasks", add_task),
        _room(console, "GET", "/cases/{case}/tasks/{task}", show_task),
        _room(console, "POST", "/cases/{case}/tasks/{task}/{act}", act_on_task),
        _room(console, "GET", "/cases/{case}/files/{file}", download),
        _room(console, "GET", "/feedback", show_feedback),
        _room(console, "POST", "/feedback/{id}/{mark}", mark_feedback),
        _room(console, "POST", "/sign-out", go_out),
    ]
    around = [
        Middleware(Guard, secure=console.secure, log=console.log),
        Middleware(ExceptionMiddleware, handlers=faults(console.pages, console.log)),
    ]
    return [Mount(HOME, routes=rooms, middleware=around)]


def _room(console: Console, method: str, path: str, handler: Handler) -> Route:
    return Route(path, partial(signed_in, console, handler), methods=[method])


async def style(console: Console, request: Request) -> Response:
    """The one stylesheet."""
    return Response(console.pages.style, media_type="text/css", headers={"cache-control": "max-age=3600"})
