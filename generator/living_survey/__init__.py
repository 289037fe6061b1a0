"""Build a literature survey: papers as YAML in, theme pages and BibTeX out.

A build is one pipeline, and imports point one way along it::

    yaml_reader -> model, taxonomy, settings -> loader -> checks -> survey -> pages, bibliography -> publish

Beside it stand what writes paper files (``sources``, ``importing``, ``lookup``, ``adding``), what answers proposals
(``proposals``), and what changes whole surveys (``renaming``, ``starting``, ``upgrading``). ``mkdocs_plugin`` and
``cli`` are the two ways in. ``tests/test_architecture.py`` has the order, and the modules that may touch the disk.
"""
