"""Executes a notebook with nbclient, answering its questions with the answers that its cells bring in their metadata.

    python execute.py NOTEBOOK OUTPUT
"""

import asyncio
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient


class AnsweringClient(NotebookClient):
    """nbclient, which refuses questions, for cells that bring their answers."""

    answering = None

    async def cell_starts(self, cell, **_):
        answers = cell.metadata.get("elara", {}).get("answers")
        self.kc.allow_stdin = answers is not None
        self.answering = asyncio.create_task(self.answer(answers)) if answers else None

    async def cell_ended(self, **_):
        if self.answering is not None:
            self.answering.cancel()

    async def answer(self, answers):
        for answer in answers:
            request = await self.kc.get_stdin_msg()
            assert request["msg_type"] == "input_request", request
            self.kc.input(answer)


def main(source, target):
    notebook = nbformat.read(source, as_version=nbformat.NO_CONVERT)
    client = AnsweringClient(notebook, timeout=120, resources={"metadata": {"path": str(Path(source).parent)}})
    client.on_cell_start = client.cell_starts
    client.on_cell_executed = client.cell_ended
    client.execute()
    nbformat.validate(notebook)
    nbformat.write(notebook, target)


if __name__ == "__main__":
    main(*sys.argv[1:])
