"""Run the commands as `python -m qa_assistant`."""

from qa_assistant.cli import main

main()
