"""What somebody proposes, by pull request or by issue: read as data, checked, reported, and turned into files.

Nothing here trusts what it reads: text of a proposal never becomes a path, a command, a template or markup.
"""
