"""A small web service around `plan` and `audit`: documents in, documents out, and problems with their place and cure.

Serve it with ``uvicorn app:app --app-dir examples/service``; docs/how-to/serve-plans.md goes through it.
"""

import datetime as dt
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Annotated, Any

from anyio.to_thread import current_default_thread_limiter
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

import runstrong as rs
from runstrong.codec import decode, encode, loads
from runstrong.codec.text import read_text
from runstrong.faces import audit_table

BIGGEST = 500_000  # bytes of a body; a plan of 52 weeks takes about 300,000
AT_ONCE = 4  # requests in work; more of them wait, since Python's threads share one core
TOLD = 50  # problems told of one request


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    """Read catalog and rules before the first request, and bound the work that is done at once."""
    current_default_thread_limiter().total_tokens = AT_ONCE
    rs.load_catalog()
    rs.load_rules()
    yield


def refusal(problems: Iterable[rs.Problem]) -> JSONResponse:
    """Answer with all that is wrong: where, what, what would be accepted, and what to do."""
    places = [(".".join(filter(None, (each.file, each.place))), each) for each in problems]
    rows = [{"place": place, "fact": p.fact, "allowed": p.allowed, "cure": p.cure} for place, p in places[:TOLD]]
    return JSONResponse({"problems": rows}, 422)


async def received(request: Request) -> bytes:
    """Read a body up to the limit, whatever its header says of its length."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BIGGEST:
            raise HTTPException(413, f"a body over {BIGGEST} bytes")
    return bytes(body)


def taking(schema: dict[str, Any]) -> dict[str, Any]:
    """Return what OpenAPI is told of a body that FastAPI leaves to the codec, which names the place of each fault."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


PARTS = {kind: rs.json_schema(kind) for kind in ("runner", "plan", "log")}
WRONG: dict[int | str, dict[str, Any]] = {
    422: {"description": "What is wrong: `problems`, each with place, fact, allowed and cure."}
}
Body = Annotated[bytes, Depends(received)]
app = FastAPI(title="Strength for runners", lifespan=lifespan, responses=WRONG)


@app.post("/plan", openapi_extra=taking(PARTS["runner"]))
def plan(body: Body, start: dt.date | None = None, weeks: int | None = None) -> JSONResponse:
    """Plan a season for a runner: the plan as a document to keep, and as text to read."""
    made = rs.plan(loads(body, kind="runner"), start, weeks)
    return JSONResponse({"plan": encode(made), "text": rs.to_text(made)})


@app.post("/audit", openapi_extra=taking({"type": "object", "properties": PARTS}))
def audit(body: Body, today: dt.date | None = None) -> JSONResponse:
    """Hold a plan, a log with its runner, or all of them against the rules: findings with advice, and each verdict."""
    reading = read_text(body)
    if reading.problems or not isinstance(reading.data, dict) or not reading.data.keys() <= PARTS.keys():
        allowed = f"some of {', '.join(PARTS)}, each a document under its name"
        return refusal(reading.problems or [rs.Problem("body", "something else", allowed)])
    parts = {kind: decode(document, kind, file=kind) for kind, document in reading.data.items()}
    subject = parts.pop("plan", None) or parts.pop("log", None) or parts.get("runner", rs.Log())
    return JSONResponse(audit_table(rs.audit(subject, **parts, today=today)))


@app.exception_handler(rs.RunstrongError)
def not_possible(_: Request, error: Exception) -> JSONResponse:
    """Tell what cannot be read, is out of range or fits no week; nothing of the service's own is shown."""
    if isinstance(error, rs.InfeasibleError):
        allowed, cure = "what can hold in one week together", "; or ".join(error.ways_out)
        return refusal(rs.Problem("runner", each, allowed, cure) for each in error.conflicts)
    return refusal(getattr(error, "problems", [rs.Problem("body", str(error), "")]))


@app.exception_handler(RequestValidationError)
def bad_query(_: Request, error: RequestValidationError) -> JSONResponse:
    """Tell of a date or number in the address that is none, in the same form."""
    return refusal(rs.Problem(".".join(map(str, e["loc"])), repr(e["input"])[:80], e["msg"]) for e in error.errors())
