"""A course, loaded once, and its class."""

from __future__ import annotations

import pytest

from grader.author.assignment import Assignment
from grader.judge.expecting import Expectations
from grader.model.gradebook import Record
from tests.unit.reports.course import class_of, write_course


@pytest.fixture(scope="session")
def assignment(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """An assignment that reveals the simplest differing case."""
    return write_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="session")
def secretive(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """The same, with hidden cases hidden."""
    return write_course(tmp_path_factory.mktemp("secretive"), reveal="public")


@pytest.fixture(scope="session")
def expectations(assignment: Assignment) -> Expectations:
    """Expected values of the assignment."""
    return Expectations(assignment)


@pytest.fixture(scope="session")
def people(assignment: Assignment) -> dict[str, Record]:
    """Students by what they stand for."""
    return class_of(assignment)
