"""Measurements, run by hand and never asserted in a test; each prints what it measured and beside what.

uv run python -m tests.benchmarks.updates     processor time per update, beside a bare ConversationHandler bot
uv run python -m tests.benchmarks.start       start to first reply, and memory
uv run python -m tests.benchmarks.directory   services matched, found by words and shown, among 10 to 10,000
uv run python -m tests.benchmarks.crisis      one message against all words of crisis
uv run python -m tests.benchmarks.attachments files kept and opened, their memory, and codes looked up
"""
