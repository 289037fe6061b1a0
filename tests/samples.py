"""Import bibliographies of others: ``python -m tests.samples FILE_OR_FOLDER…``.

What people have on their disks is stranger than any test, and is not ours to commit. Imports all of it into one survey
and says what became of it; ends with 1 where a file or an entry has no fate, or the survey is not right afterwards.
"""

import re
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.commands import run_survey
from tests.fabricate import write_survey

ENTRY = re.compile(rb"(?im)^\s*@(?!comment|string|preamble|set|xdata)\w+\s*\{")


def main() -> int:
    """Import, count, check."""
    named = [Path(argument).absolute() for argument in sys.argv[1:]]
    files = sorted(file for path in named for file in ([path] if path.is_file() else path.rglob("*")) if file.is_file())
    if not files:
        sys.exit("name files or folders of bibliographies")
    wrong = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = write_survey(Path(scratch) / "survey", 0, settings={"require": []}).parent
        imported = run_survey(folder, "import", *map(str, files), "--report", "report.tsv")
        print(imported.stderr)
        rows = [line.split("\t") for line in (folder / "report.tsv").read_text(encoding="utf-8").splitlines()[1:]]
        fates = Counter(row[1].split(":")[0] for row in rows if row[0] != "note")
        told = Counter(row[1].split(":")[0] for row in rows)
        for file in files:
            entries = len(ENTRY.findall(file.read_bytes())) if file.suffix == ".bib" else 0
            name = next((name for name in told if name.endswith(file.name)), "")
            if not name:
                wrong.append(f"{file}: not in the report")
            elif fates[name] < entries:
                wrong.append(f"{file}: {entries} entries, {fates[name]} with a fate")
        for command in (["check"], ["fmt", "--check"]):
            done = run_survey(folder, *command)
            if done.returncode:
                wrong.append(done.stdout + done.stderr)
    if "Traceback" in imported.stderr:
        wrong.append("the import fell over")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
