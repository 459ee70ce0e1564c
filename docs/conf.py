"""How the documentation is built; `make docs` treats every warning as an error."""

from __future__ import annotations

project = "Sijill"
author = "The Sijill authors"
copyright = "2026, " + author

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.doctest"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
nitpicky = False
html_theme = "furo"
html_title = "Sijill"
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "undoc-members": False, "exclude-members": "__init__, __new__"}
doctest_global_setup = "import sijill"
