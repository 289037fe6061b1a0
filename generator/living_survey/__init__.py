"""Build a literature survey: papers as YAML in, theme pages and BibTeX out.

A build is one pipeline::

    papers/*.yaml, docs/, mkdocs.yml -> syntax -> loading -> Survey -+--> pages -> publish -> site/
                                                (checks)        |
                                                                +--> formats -> .bib, .ris, survey export

    references.bib -> formats -> editing -> papers/*.yaml          services -> lookup -> editing

Beside it stand ``proposals`` (pull requests and issues), ``scaffold`` (new surveys, upgrades) and ``preview`` (what
``make serve`` shows while something is wrong); ``disk`` writes files for all of them. ``mkdocs_plugin`` and ``cli`` are
the two ways in. ``tests/test_architecture.py`` has the table of who imports whom, and the modules that may touch the
disk.
"""
