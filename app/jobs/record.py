"""Record: how job records are written. JSON only: no pickles to be run when read, and nothing that is not plain."""

import json
from typing import Any

from dbos import Serializer

from app.jobs.failure import JobFailed, problem_of
from app.models.job import JobProblem

FAILED = "failed"


class PlainRecords(Serializer):
    """Ids and counts as they are; errors as the sentence that may be shown."""

    def serialize(self, data: Any) -> str:
        return json.dumps(_plain(data) if isinstance(data, BaseException) else data)

    def deserialize(self, serialized_data: str) -> Any:
        data = json.loads(serialized_data)
        if isinstance(data, dict) and data.keys() == {FAILED}:
            return JobFailed(JobProblem.model_validate(data[FAILED]))
        return data

    def name(self) -> str:
        return "dramatis_json"


def _plain(error: BaseException) -> dict[str, Any]:
    problem = problem_of(error)
    return {FAILED: problem.model_dump() if problem else {}}
