"""Imports point one way, and only the modules that may touch the disk do."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.commands import ROOT

GENERATOR = ROOT / "generator/living_survey"
BOTTOM = ("disk",)
"""Packages that import nothing of ours and that every other may import."""
TABLE = {
    "syntax": (),
    "model": ("syntax",),
    "checks": ("syntax", "model"),
    "formats": ("syntax", "model"),
    "loading": ("syntax", "model", "checks", "formats"),
    "lookup": ("syntax", "model", "formats"),
    "pages": ("syntax", "model", "formats"),
    "search": ("syntax", "model"),
    "publish": ("syntax", "model", "formats", "pages", "search"),
    "editing": ("syntax", "model", "checks", "formats", "loading"),
    "proposals": ("syntax", "model", "checks", "formats", "loading", "lookup", "editing"),
    "scaffold": ("syntax", "model", "loading", "proposals"),
    "preview": ("syntax", "loading", "model"),
    "mkdocs_plugin": ("syntax", "model", "formats", "loading", "pages", "publish", "preview"),
    "cli": (
        "syntax", "model", "checks", "formats", "loading", "lookup", "editing", "proposals", "scaffold", "preview",
    ),
}  # fmt: skip
"""Package → the packages that it imports from."""
READ_AND_WRITE = {
    "cli/add", "cli/check", "cli/github", "cli/keys", "cli/mv", "cli/questions", "cli/schema",
    "disk/files", "disk/replacing",
    "editing/add_name", "editing/fmt", "editing/import_numbers", "editing/migrate_files",
    "editing/notes", "formats/readers",
    "loading/citation", "loading/data_files", "loading/folders", "loading/hosting", "loading/pages", "loading/papers",
    "loading/registry",
    "loading/screening", "loading/settings", "loading/site_dir", "loading/survey", "loading/themes", "loading/works",
    "lookup/client", "mkdocs_plugin", "model/labels", "preview", "proposals/answering", "proposals/github",
    "proposals/issues", "proposals/revisions", "publish/site_folder", "publish/writer", "scaffold/delivered",
    "scaffold/init", "scaffold/upgrade", "search/rules", "syntax/messages",
}  # fmt: skip


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Yield (``pages/blocks``, its syntax tree) of every module."""
    for file in sorted(set(GENERATOR.rglob("*.py")) - set((GENERATOR / "scaffold/starter").rglob("*.py"))):
        yield file.relative_to(GENERATOR).with_suffix("").as_posix(), ast.parse(file.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> set[str]:
    """Return the dotted names that a module imports."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def ours(tree: ast.Module, known: set[str]) -> set[str]:
    """Return the modules of the package that a module imports: ``model.paper``."""
    names = {name.removeprefix("living_survey.") for name in imports(tree) if name.startswith("living_survey.")}
    return {name if name in known else name.rpartition(".")[0] for name in names} - {""}


def graph() -> dict[str, set[str]]:
    """Return what each module imports of ours."""
    trees = {name.removesuffix("/__init__").replace("/", "."): tree for name, tree in modules() if name != "__init__"}
    return {name: ours(tree, set(trees)) for name, tree in trees.items()}


def test_every_module_has_its_row_in_the_table() -> None:
    assert {name.partition(".")[0] for name in graph()} == {*TABLE, *BOTTOM}


def test_imports_point_one_way() -> None:
    up = set()
    for name, imported in graph().items():
        here = name.partition(".")[0]
        for other in imported:
            there = other.partition(".")[0]
            if there != here and there not in BOTTOM and there not in TABLE.get(here, ()):
                up.add((name, other))
    assert up == set()


def test_no_modules_import_each_other_in_a_circle() -> None:
    rest = graph()
    while free := [name for name, imported in rest.items() if not imported & rest.keys()]:
        for name in free:
            del rest[name]
    assert rest == {}


def test_texts_name_modules_that_there_are() -> None:
    """Docstrings name them as ``living_survey.model.paper``, documents by their files: ``model/paper.py``."""
    known = {name.removesuffix("/__init__") for name, _ in modules()}
    named = set()
    for file in GENERATOR.rglob("*.py"):
        for name in re.findall(r"`living_survey\.([\w.]+)`", file.read_text(encoding="utf-8")):
            named.add((file.name, name.replace(".", "/")))
    for file in [ROOT / "README.md", *(ROOT / "docs/contributing").glob("*.md")]:
        for name in re.findall(r"`(?:generator/living_survey/)?(\w+(?:/\w+)*)\.py`", file.read_text(encoding="utf-8")):
            if name.partition("/")[0] in {*TABLE, *BOTTOM}:
                named.add((file.name, name.removesuffix("/__init__")))
    assert len(named) > 20
    assert {(file, name) for file, name in named if name not in known} == set()


def test_only_the_plugin_knows_mkdocs() -> None:
    users = {name for name, tree in modules() if any(i.split(".")[0] in ("mkdocs", "material") for i in imports(tree))}
    assert users == {"mkdocs_plugin"}


def test_no_module_reaches_for_the_network_the_clock_or_chance() -> None:
    banned = {"urllib.request", "http", "socket", "requests", "datetime", "time", "random", "pickle", "subprocess"}
    found = {
        (name, imported)
        for name, tree in modules()
        for imported in imports(tree)
        if (imported.split(".")[0] in banned or imported.startswith("urllib.request"))
        and not (name.startswith("cli/") and imported == "datetime.date")  # the day on which a paper is added
        and name not in ("lookup/client", "proposals/github")  # ask others, for survey add and in workflows
        and (name, imported) != ("proposals/revisions", "subprocess")  # runs git
        and (name, imported) != ("scaffold/upgrade", "subprocess")  # asks git for uncommitted changes
        and (name, imported) != ("cli/serve", "subprocess")  # asks MkDocs whether it takes its settings
        and name != "preview"  # serves a page while there is no site
        and (name, imported) != ("publish/site_folder", "time")  # waits for another build
    }
    assert found == set()


def test_only_the_modules_that_say_so_touch_the_disk() -> None:
    calls = {
        "open",
        "read_text",
        "read_bytes",
        "write_text",
        "write_bytes",
        "iterdir",
        "mkdir",
        "unlink",
        "is_file",
        "rglob",
    }
    users = set()
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func
                attribute = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
                if attribute in calls:
                    users.add(name)
    assert users == READ_AND_WRITE


def test_files_are_written_in_one_way() -> None:
    """What people write, and what cannot be made again, goes through `living_survey.disk.files`."""
    exceptions = {
        ("cli/check", "open"),  # appends to the summary of a job at GitHub
        ("publish/site_folder", "open"), ("publish/site_folder", "write"), ("publish/site_folder", "write_text"),
        ("publish/writer", "open"), ("publish/writer", "write"), ("publish/writer", "replace"),
        ("publish/writer", "touch"),
        ("disk/replacing", "replace"),  # puts an old file back
        ("disk/replacing", "open"),  # locks the folder of old texts
    }  # fmt: skip
    anywhere = {"write_text", "write_bytes", "touch", "mkstemp", "NamedTemporaryFile", "symlink_to", "hardlink_to"}
    anywhere |= {"rename", "copyfile", "copy2", "copytree", "move"}
    of_os = {"open", "write", "replace", "link", "symlink", "renames", "truncate", "sendfile"}
    found = set()
    for name, tree in modules():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            called = call.func
            method = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            module = getattr(called.value, "id", "") if isinstance(called, ast.Attribute) else ""
            if method == "open":
                texts = [node.value for node in ast.walk(call) if isinstance(node, ast.Constant)]
                writes = any(re.fullmatch("[rwaxbt+]*[wax+][bt+]*", text) for text in texts if isinstance(text, str))
            elif method == "replace":  # of a text it takes two arguments, of a record keywords
                writes = len(call.args) == 1 and not call.keywords
            else:
                writes = method in anywhere
            if name != "disk/files" and (writes or (module == "os" and method in of_os)):
                found.add((name, method))
    assert found == exceptions


def test_the_generator_knows_no_survey() -> None:
    words = ("language model", "llm", "serving", "transformer")
    files = [file for file in GENERATOR.rglob("*") if file.suffix in (".py", ".html", ".css", ".js")]
    found = set()
    for file in files:
        text = file.read_text(encoding="utf-8").lower()
        if file.suffix == ".py":  # examples in docstrings and messages may be of any subject
            tree = ast.parse(text)
            names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
            text = " ".join(names)
        found |= {(file.name, word) for word in words if word in text}
    assert found == set()


def test_whatever_shows_a_sentence_takes_it_with_the_values_of_its_expressions() -> None:
    readers = {
        name
        for name, tree in modules()
        if any(isinstance(node, ast.Attribute) and node.attr == "tldr" for node in ast.walk(tree))
    }
    # Those that check or edit files, that state the rule, and the writers, which get papers that are `spoken`.
    assert {name for name in readers if name.partition("/")[0] in ("pages", "publish", "proposals", "preview")} == set()
    assert "model/expressions" in readers


def targets(makefile: Path) -> set[str]:
    """Return the targets that people type."""
    return set(re.findall(r"^([a-z-]+):", makefile.read_text(encoding="utf-8"), re.MULTILINE))


def named_targets(document: Path) -> set[str]:
    """Return the targets that a document's code tells people to type."""
    text = document.read_text(encoding="utf-8")
    blocks = r"^```(\w*)\n(.*?)^```"
    shell = [code for kind, code in re.findall(blocks, text, re.MULTILINE | re.DOTALL) if kind == "sh"]
    inline = re.findall(r"`([^`]+)`", re.sub(blocks, "", text, flags=re.MULTILINE | re.DOTALL))
    commands = re.findall(r"(?:^|&& )make((?:\s[a-z][a-z-]*)+)", "\n\n".join([*shell, *inline]), re.MULTILINE)
    return {target for command in commands for target in command.split()}


def test_documents_that_name_make_targets_name_real_ones() -> None:
    ours, theirs = targets(ROOT / "Makefile"), targets(GENERATOR / "scaffold/starter/Makefile")
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    assert {"site", "test", "test-all", "check"} <= set().union(*map(named_targets, documents))
    assert {(file.name, target) for file in documents for target in named_targets(file) - ours} == set()
    of_surveys = [*(GENERATOR / "scaffold/starter").rglob("*.md"), ROOT / "docs/contributing/start-your-own.md"]
    assert {(file.name, target) for file in of_surveys for target in named_targets(file) - theirs} == set()


def test_each_make_target_is_explained() -> None:
    explained = named_targets(ROOT / "docs/contributing/change-the-generator.md")
    assert targets(ROOT / "Makefile") - explained == {"help"}
    for makefile in (ROOT / "Makefile", GENERATOR / "scaffold/starter/Makefile"):
        helped = re.findall(r"^([a-z-]+):.* ## ", makefile.read_text(encoding="utf-8"), re.MULTILINE)
        assert set(helped) == targets(makefile)


def test_no_module_and_no_line_of_a_template_is_too_long_to_read() -> None:
    modules = [file for file in GENERATOR.rglob("*") if file.suffix in (".py", ".js")]
    long = {file.name: n for file in modules if (n := len(file.read_text(encoding="utf-8").splitlines())) > 400}
    assert long == {}
    templates = (GENERATOR / "pages/templates").glob("*.html")
    lines = [(file.name, line) for file in templates for line in file.read_text(encoding="utf-8").splitlines()]
    assert [(name, line) for name, line in lines if len(line) > 160] == []
