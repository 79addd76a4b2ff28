from __future__ import annotations

import pytest

from news.errors import (
    Complaint,
    DeliveryError,
    Mismatch,
    PresswatchError,
    QuerySyntaxError,
    Refused,
    SettingsError,
    StorageError,
    Unreachable,
)
from ui.cli.exits import ExitStatus, Misuse, Problem, status_of

COMPLAINT = Complaint(file="config.yaml", line=1, column=1, path="contact", found="", problem="is missing")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (SettingsError((COMPLAINT,)), 78),
        (QuerySyntaxError("a (", 2, 3, "open bracket"), 2),
        (Misuse("no such watch"), 2),
        (Problem("too broad"), 1),
        (StorageError("another daemon"), 75),
        (StorageError("no watch of that name", lasting=True), 1),
        (Mismatch("newer schema"), 78),
        (Unreachable("timeout"), 69),
        (Refused("robots_txt"), 1),
        (DeliveryError("server is away", permanent=False), 75),
        (DeliveryError("no such mailbox", permanent=True), 1),
        (PresswatchError("something else"), 1),
    ],
)
def test_every_expected_error_has_the_status_that_the_design_names(error: PresswatchError, status: int) -> None:
    assert status_of(error) == status


def test_the_statuses_are_those_of_sysexits() -> None:
    assert {status.name: int(status) for status in ExitStatus} == {
        "OK": 0,
        "PROBLEM": 1,
        "USAGE": 2,
        "UNAVAILABLE": 69,
        "TEMPORARY": 75,
        "CONFIGURATION": 78,
    }
