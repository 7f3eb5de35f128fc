"""The example service answers documents with documents, and all that is wrong with a place and a cure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import runstrong as rs
from runstrong.codec import decode, encode
from runstrong.testing.people import PlanRequest
from runstrong.testing.strategies import plan_requests
from tests.examples.opening import EXAMPLES, opened

SERVICE = opened("service/app.py")
RUNNER = (EXAMPLES / "runner.yaml").read_bytes()
JONAS = rs.load(EXAMPLES / "runner.yaml", rs.Runner)
PLAN = rs.plan(JONAS, weeks=4)
LOG = rs.load(EXAMPLES / "log.yaml", rs.Log)

pytestmark = pytest.mark.xdist_group("example-service")


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """A client that sees a fault of the service's own as 500, as one over the net would."""
    with TestClient(SERVICE.app, raise_server_exceptions=False) as made:
        yield made


def problems(answer: Any) -> list[dict[str, str]]:
    """Return what a refusal tells, after a look at its form."""
    assert answer.status_code == 422, answer.text
    told: list[dict[str, str]] = answer.json()["problems"]
    assert told
    assert all(set(each) == {"place", "fact", "allowed", "cure"} for each in told)
    assert "Traceback" not in answer.text
    return told


def test_it_is_as_short_as_it_says() -> None:
    """The service is under 100 lines."""
    assert len((EXAMPLES / "service" / "app.py").read_text(encoding="utf-8").splitlines()) < 100


class TestPlan:
    """A runner comes in, a plan goes out."""

    def test_a_runner_in_yaml_gets_the_plan_that_the_library_makes(self, client: TestClient) -> None:
        """A runner's own file can be posted as it is."""
        answer = client.post("/plan?weeks=4", content=RUNNER)
        assert answer.status_code == 200
        assert decode(answer.json()["plan"], "plan") == PLAN
        assert answer.json()["text"].startswith("Strength and mobility plan for Jonas Weber\n")

    def test_a_runner_in_json_gets_the_same(self, client: TestClient) -> None:
        """JSON and YAML of one runner are answered with the same bytes."""
        in_yaml = client.post("/plan?weeks=4", content=RUNNER)
        assert client.post("/plan?weeks=4", json=encode(JONAS)).content == in_yaml.content

    def test_each_fault_has_its_place_and_cure(self, client: TestClient) -> None:
        """All faults are told at once, each where it stands."""
        text = RUNNER.replace(b"goals: [run-faster", b"goals: [run-fast").replace(
            b"body_mass: 74 kg", b"body_mas: 74 kg"
        )
        told = problems(client.post("/plan", content=text))
        assert {(each["place"], each["cure"]) for each in told} == {
            ("body_mas", "did you mean body_mass?"),
            ("goals[0]", "did you mean run-faster?"),
        }

    def test_what_fits_no_week_is_told_with_ways_out(self, client: TestClient) -> None:
        """A conflict is a problem of the runner's, with what would free it."""
        text = "{kind: runner, schema: 1, name: Ada, running: {}, availability: [{day: monday, minutes: 1 min}]}"
        told = problems(client.post("/plan?start=2027-01-04", content=text))
        assert told[0]["fact"] == "monday: 1 minutes open, and a session takes 10 minutes"
        assert told[0]["cure"].startswith("allow 10 minutes on monday; or ")

    def test_without_a_start_it_asks_for_one(self, client: TestClient) -> None:
        """There is no hidden clock."""
        told = problems(client.post("/plan", content="{kind: runner, schema: 1, name: Ada, running: {}}"))
        assert "start" in told[0]["place"]

    @pytest.mark.parametrize(
        "query", ["start=x", "weeks=x", "weeks=0", "weeks=53", "start=0001-01-01", "start=9999-12-31"]
    )
    def test_a_bad_query_is_told_in_the_same_form(self, client: TestClient, query: str) -> None:
        """What is wrong in the address is told as what is wrong in a document."""
        assert problems(client.post(f"/plan?{query}", content=RUNNER))


class TestAudit:
    """A plan, a log or both come in, a table goes out."""

    def test_a_plan_is_audited_as_the_library_does(self, client: TestClient) -> None:
        """The table is that of the library."""
        answer = client.post("/audit", json={"plan": encode(PLAN)})
        assert answer.status_code == 200
        assert answer.json() == json.loads(json.dumps(SERVICE.audit_table(rs.audit(PLAN))))

    def test_a_moved_session_is_found_with_its_fix(self, client: TestClient) -> None:
        """Heavy legs before intervals come back with a verified fix."""
        heavy = next(each for each in PLAN.sessions if each.emphasis is rs.Emphasis.HEAVY_LEGS)
        moved = PLAN.move(heavy.id, to=PLAN.week_of(heavy.date).start)
        found = client.post("/audit", json={"plan": encode(moved)}).json()["findings"]
        assert "CO01" in [each["rule"] for each in found if each["fix"]]

    def test_plan_and_log_are_one_timeline(self, client: TestClient) -> None:
        """A log beside a plan is judged with it."""
        alone = client.post("/audit", json={"plan": encode(PLAN)}).json()
        both = client.post("/audit?today=2026-12-30", json={"plan": encode(PLAN), "log": encode(LOG)}).json()
        assert (alone["scope"]["runs_done"], both["scope"]["runs_done"]) == (0, len(LOG.runs))

    def test_a_log_needs_its_runner(self, client: TestClient) -> None:
        """A log alone is refused, with a runner judged."""
        assert problems(client.post("/audit", json={"log": encode(LOG)}))[0]["fact"] == "a log and no runner"
        assert client.post("/audit", json={"log": encode(LOG), "runner": encode(JONAS)}).status_code == 200

    def test_a_fault_names_the_document_that_it_stands_in(self, client: TestClient) -> None:
        """The place begins with the name of the part."""
        broken = encode(LOG)
        broken["runs"][2]["kind"] = "intervalls"
        told = problems(client.post("/audit", json={"log": broken, "runner": encode(JONAS)}))
        assert (told[0]["place"], told[0]["cure"]) == ("log.runs[2].kind", "did you mean intervals?")


class TestHostileInput:
    """Nothing that a client sends is run, opens a file, or brings the service down."""

    @pytest.mark.parametrize("path", ["/plan", "/audit"])
    @pytest.mark.parametrize(
        "body",
        [
            b"", b"\xff\xfe", b"\x00", b"null", b"[]", b"[" * 100_000, b'{"log":' * 50_000, b'{"runner": NaN}',
            b'{"runner": ' + b"9" * 6000 + b"}", b'{"runner": {}, "runner": {}}', b'{"\\ud800": 1}',
            b'{"kind": "runner", "schema": 1, "name": "\\ud800", "running": {}}',
            b"runner: !!python/object/apply:os.system [true]", b"runner: !include /etc/hostname",
            b"a: &a [x, x]\nb: &b [*a, *a]\nrunner: [*b, *b]",
        ],
        ids=range(15),
    )  # fmt: skip
    def test_a_body_that_is_no_document_is_refused(self, client: TestClient, path: str, body: bytes) -> None:
        """Broken, deep, huge, repeated and tagged input is told as a problem."""
        assert problems(client.post(path, content=body))

    def test_a_body_over_the_limit_is_refused(self, client: TestClient) -> None:
        """The limit holds for what comes, whether or not a header tells the length."""
        chunks = iter([b"x" * 100_000] * 6)
        assert client.post("/plan", content=chunks).status_code == 413

    def test_faults_told_at_once_are_bounded(self, client: TestClient) -> None:
        """A body full of faults is not answered with a longer one."""
        runner = {"kind": "runner", "schema": 1, "name": "Ada", "running": {}, "goals": ["x"] * 1000}
        assert len(problems(client.post("/plan", json=runner))) == 50

    def test_text_of_a_runner_comes_back_as_text(self, client: TestClient) -> None:
        """The answers are JSON, so that markup in a name stays what it is."""
        named = rs.evolve(JONAS, name="<script>alert(1)</script>\"'><img>")
        answer = client.post("/plan?weeks=2", json=encode(named))
        assert answer.headers["content-type"] == "application/json"
        assert decode(answer.json()["plan"], "plan").runner.name == named.name

    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    @given(
        body=st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
            | st.sampled_from(["runner", "plan", "log", "2027-01-04", "\ud800", "\x1b[2J"]),
            lambda inner: st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["kind", "schema", "name", "running", "runner", "plan", "log", "\ud800"]), inner,
                max_size=5,
            ),
            max_leaves=8,
        ),
        path=st.sampled_from(["/plan", "/audit"]),
    )  # fmt: skip
    def test_whatever_comes_is_answered_or_refused(self, client: TestClient, body: Any, path: str) -> None:
        """No JSON brings a fault of the service's own."""
        answer = client.post(path, content=json.dumps(body))
        assert answer.status_code == 200 or problems(answer)


class TestOpenAPI:
    """What the service takes is told to tools."""

    def test_the_schema_of_a_runner_stands_in_it(self, client: TestClient) -> None:
        """The schema takes the example and refuses a goal that there is none of."""
        told = client.get("/openapi.json").json()["paths"]["/plan"]["post"]["requestBody"]
        schema = told["content"]["application/json"]["schema"]
        judge = jsonschema.Draft202012Validator(schema)
        judge.validate(encode(JONAS))
        assert not judge.is_valid({**encode(JONAS), "goals": ["x"]})


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(asked=plan_requests(most_weeks=4))
def test_any_runner_gets_an_audited_plan_or_the_reason(client: TestClient, asked: PlanRequest) -> None:
    """The service says what the library says: the same plan, and an audit that reads it back."""
    answer = client.post(f"/plan?start={asked.start}&weeks={asked.weeks or 3}", json=encode(asked.runner))
    conflicts: list[str] = []
    try:
        expected = rs.plan(asked.runner, asked.start, asked.weeks or 3)
    except rs.InfeasibleError as error:
        conflicts = list(error.conflicts)
        expected = None
    if expected is None:
        assert [each["fact"] for each in problems(answer)] == conflicts
        return
    assert decode(answer.json()["plan"], "plan") == expected
    audited = client.post("/audit", json={"plan": answer.json()["plan"]})
    assert audited.status_code == 200
    assert len(audited.json()["findings"]) == len(rs.audit(expected, fixes=False).findings)
