"""`PromptFile`: one file of `prompts/`, read and checked.

A prompt is `name.vN.md.j2`: YAML front matter between two lines of `---`, then a block `system` and a block `user`,
rendered apart. The front matter declares the inputs; what the blocks use and what it declares must be the same.
Checked when the file is read, so that a fault shows before anything is sent: the keys, the name, the inputs, the
blocks, and that each example gives all inputs and an answer.
"""

import hashlib
import re
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, StrictUndefined, Template, TemplateError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from prompts.data_line import data_line
from prompts.errors import PromptError

FILE_NAME = re.compile(r"(?P<name>[a-z][a-z_]*)\.v(?P<version>[1-9][0-9]*)\.md\.j2")
KEYS = {"name", "version", "purpose", "inputs", "output", "changed", "examples"}
BLOCKS = {"system", "user"}


@cache
def environment() -> Environment:
    """Sandboxed and strict; nothing is escaped as HTML, and every value stands on one line."""
    return ImmutableSandboxedEnvironment(
        autoescape=False,
        undefined=StrictUndefined,
        finalize=data_line,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class PromptFile:
    """One version of one prompt. Raises `PromptError` where the file is not sound."""

    def __init__(self, path: Path):
        self.path, self.raw = path, path.read_bytes()
        self.head, self.body = self._parted(self.raw.decode("utf-8"))
        self._check_head()
        self._check_body()

    @property
    def sha(self) -> str:
        return hashlib.sha256(self.raw).hexdigest()

    @property
    def id(self) -> str:
        """As every persona records it: `code_interview@v1#3f2a9c1e`."""
        return f"{self.head['name']}@v{self.head['version']}#{self.sha[:8]}"

    @property
    def inputs(self) -> set[str]:
        return set(self.head["inputs"])

    @property
    def examples(self) -> list[dict[str, Any]]:
        return list(self.head["examples"])

    def block(self, name: str, values: Mapping[str, Any]) -> str:
        """The block `name` with `values` filled in."""
        try:
            return "".join(self._template.blocks[name](self._template.new_context(dict(values)))).strip()
        except TemplateError as error:
            raise self._fault(f"the block “{name}” cannot be rendered: {error}") from error

    @cached_property
    def _template(self) -> Template:
        return environment().from_string(self.body)

    def _parted(self, text: str) -> tuple[dict[str, Any], str]:
        parts = re.split(r"^---[ \t]*\n", text, maxsplit=2, flags=re.MULTILINE)
        if len(parts) != 3 or parts[0]:
            raise self._fault("begin it with front matter between two lines of ---")
        try:
            head = yaml.safe_load(parts[1])
        except yaml.YAMLError as error:
            raise self._fault(f"the front matter is no YAML: {error}") from error
        if not isinstance(head, dict):
            raise self._fault("the front matter is no list of keys and values")
        return head, parts[2]

    def _check_head(self) -> None:
        if odd := KEYS ^ set(self.head):
            raise self._fault(f"the front matter needs exactly {_listed(KEYS)}; see to {_listed(odd)}")
        named = FILE_NAME.fullmatch(self.path.name)
        if not named or (self.head["name"], str(self.head["version"])) != named.group("name", "version"):
            raise self._fault("name and version must be those of the file, NAME.vN.md.j2")
        if not isinstance(self.head["inputs"], dict) or not isinstance(self.head["examples"], list):
            raise self._fault("`inputs` names each input and says what it is; `examples` is a list")
        for number, example in enumerate(self.head["examples"], 1):
            self._check_example(number, example)

    def _check_example(self, number: int, example: object) -> None:
        if not isinstance(example, dict) or set(example) != {"context", "answer"}:
            raise self._fault(f"example {number} needs exactly a context and an answer")
        if set(example["context"]) != self.inputs:
            raise self._fault(f"the context of example {number} must give {_listed(self.inputs)}")

    def _check_body(self) -> None:
        try:
            used = meta.find_undeclared_variables(environment().parse(self.body))
            blocks = set(self._template.blocks)
        except TemplateError as error:
            raise self._fault(f"the template cannot be read: {error}") from error
        if blocks != BLOCKS:
            raise self._fault("it needs a block system and a block user, and no other")
        if odd := used - self.inputs:
            raise self._fault(f"it uses {_listed(odd)}, which `inputs` does not declare")
        if odd := self.inputs - used:
            raise self._fault(f"it declares {_listed(odd)} under `inputs` and does not use it")

    def _fault(self, what: str) -> PromptError:
        return PromptError(f"The prompt {self.path.name} cannot be used: {what}.")


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names))
