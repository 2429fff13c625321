"""The REST API against its own description: no call of schemathesis may break a schema or the server."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator

QUESTION = "Is it true that the port of Lantern Bay will not let seasonal workers in?"
CHECKS = [
    schemathesis.checks.not_a_server_error,
    schemathesis.checks.status_code_conformance,
    schemathesis.checks.content_type_conformance,
    schemathesis.checks.response_headers_conformance,
    schemathesis.checks.response_schema_conformance,
]
CALLS = {
    "/api/v1/ask": ("get", "post"),
    "/api/v1/documents": ("get",),
    "/api/v1/documents/{name}": ("get",),
    "/api/v1/statements/{name}": ("get",),
    "/api/v1/claims": ("get",),
    "/api/v1/export/{form}": ("get",),
    "/api/v1/actors": ("get",),
    "/api/v1/sources": ("get", "post", "delete"),
    "/api/v1/watches": ("get", "post", "delete"),
    "/api/v1/reviews": ("get", "post"),
}


def test_every_call_is_tried(served: str) -> None:
    described = httpx.get(f"{served}/openapi.json").json()["paths"]
    assert {path: set(calls) for path, calls in described.items()} == {
        path: set(calls) for path, calls in CALLS.items()
    }


@pytest.mark.parametrize(("path", "method"), [(path, method) for path, methods in CALLS.items() for method in methods])
def test_no_call_breaks_the_description(served: str, path: str, method: str) -> None:
    operation = schemathesis.openapi.from_url(f"{served}/openapi.json")[path][method.upper()]

    @given(case=operation.as_strategy())
    @settings(
        max_examples=8,
        phases=[Phase.generate],
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    def call(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=CHECKS, timeout=120)

    call()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (f"ask?text={QUESTION}", "Answer"),
        ("ask?text=Has+the+lighthouse+been+sold%3F", "Answer"),
        ("documents?limit=200", "Documents"),
        ("documents/{document}", "ReadDocument"),
        ("statements/{statement}", "KeptStatement"),
        ("claims", "Claims"),
        ("actors", "Actors"),
        ("sources", "Sources"),
        ("watches", "Watches"),
        ("reviews", "Reviews"),
    ],
)
def test_what_is_sent_is_described_to_the_last_field(served: str, path: str, name: str) -> None:
    api = f"{served}/api/v1"
    document = httpx.get(f"{api}/documents").json()["documents"][0]["id"]
    statement = httpx.get(f"{api}/documents/{document}").json()["statements"][0]["id"]
    answer = httpx.get(f"{api}/{path.format(document=document, statement=statement)}", timeout=60)
    assert answer.status_code == 200
    assert list(Draft202012Validator(_strict(served, name)).iter_errors(answer.json())) == []


def _strict(served: str, name: str) -> dict[str, Any]:
    """The description of *name*, with no field allowed but those that it names."""
    described = httpx.get(f"{served}/openapi.json").json()
    for one in described["components"]["schemas"].values():
        if "properties" in one:
            one["additionalProperties"] = False
    return {**described, "$ref": f"#/components/schemas/{name}"}
