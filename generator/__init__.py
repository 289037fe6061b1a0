"""Build a literature survey: papers as YAML in, theme pages and BibTeX out.

The modules form one pipeline, and imports point one way along it::

    yaml_reader -> model, taxonomy, settings -> loader -> checks -> survey -> pages, bibliography -> publish

``mkdocs_plugin`` and ``cli`` are the two ways in. Only they, ``loader`` and ``publish.writer`` touch the disk.
"""
