"""The table, in the terminal and in docs/PERFORMANCE.md."""

import os
import platform
import subprocess
from pathlib import Path
from statistics import median

HEADING = "## The latest run\n"
QUESTIONS = {
    "post": "one post by slug with authors and topics",
    "posts": "20 newest posts with authors, topics and campaigns",
    "home": "home page: 20 posts, 10 campaigns with 5 statistics each, 100 channels",
}


def table(rates, unchanged, growth, memory):
    """Markdown: ratios within one repeat, the median of all repeats."""

    def ratio(question, system, peer):
        pairs = zip(rates[question, system], rates[question, peer])
        return f"{median(mine / theirs for mine, theirs in pairs):.2f}"

    lines = [
        f"Commit {said('git', 'rev-parse', '--short', 'HEAD')}, {machine()}.",
        "",
        "| answers a second, times those of | PostGraphile | hand-written SQL | static bytes |",
        "|---|---|---|---|",
    ]
    for question, words in QUESTIONS.items():
        for system, name in ("beacon", "PostgreSQL"), ("sqlite", "SQLite"), ("cached", "kept answer"):
            cells = [ratio(question, system, peer) for peer in ("postgraphile", "rows", "static")]
            lines.append(f"| {words}: {name} | {' | '.join(cells)} |")
    for question, words in QUESTIONS.items():
        lines.append(f"| {words}: hand-written SQL | {ratio(question, 'rows', 'postgraphile')} | 1 | {ratio(question, 'rows', 'static')} |")
    lines += ["", "| | |", "|---|---|"]
    for question, words in QUESTIONS.items():
        lines.append(f"| {words}: SQLite, times PostgreSQL | {ratio(question, 'sqlite', 'beacon')} |")
    lines.append(f"| 304 to `If-None-Match`, times the whole kept answer | {unchanged:.2f} |")
    lines.append(f"| time for the 20 newest of 1,000,000 posts, times that of 1,000 | {growth[0]:.2f} |")
    lines.append(f"| time for their thousandth page, times the first of 1,000 | {growth[1]:.2f} |")
    most = ", ".join(f"{memory[system]:.0f} {name}" for system, name in (("beacon", "on PostgreSQL"), ("sqlite", "on SQLite"), ("cached", "with kept answers")))
    lines.append(f"| most resident memory, MiB | {most} |")
    return "\n".join(lines) + "\n"


def put(root, heading, table, dry):
    """Prints a table, and puts it under its heading in the page, in the place of the last one; a new heading comes before the latest run."""
    print(table)
    if dry:
        return
    file = root / "docs/PERFORMANCE.md"
    text = file.read_text()
    start = text.find(heading)
    if start < 0:
        start = end = text.index(HEADING)
    else:
        # To the next heading, or to the end.
        end = text.find("\n## ", start) + 1 or len(text)
    parts = [text[:start].rstrip(), f"{heading}\n{table.rstrip()}", text[end:].strip()]
    file.write_text("\n\n".join(part for part in parts if part) + "\n")


def machine():
    processors = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(": ")[1] for line in processors if line.startswith("model name")), platform.machine())
    return f"{model}, {os.cpu_count()} cores, {platform.system()}"


def said(*command):
    here = Path(__file__).parent
    return subprocess.run(command, cwd=here, capture_output=True, text=True, check=True).stdout.strip()
