"""Configuration of the documentation. Nothing is fetched: it builds offline."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent / "src"))

import generate  # noqa: E402 - found through the path above
from runstrong._version import __version__  # noqa: E402

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "runstrong"
author = "runstrong contributors"
copyright = "2026, runstrong contributors"
version = release = __version__

extensions = [
    "myst_nb",  # brings myst_parser with it
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.doctest",
    "sphinx.ext.viewcode",
    "sphinx_copybutton",
    "sphinx_design",
]
exclude_patterns = ["_build"]
myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3

# Only pages that say they are notebooks are run. What fails there fails the build.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 60
nb_execution_show_tb = True
nb_merge_streams = True

autodoc_use_type_comments = False  # there are none, and looking for them takes a fifth of the build
autodoc_member_order = "bysource"
autodoc_typehints = "none"  # signatures show the types; attrs writes them there
autodoc_default_options = {"members": True, "show-inheritance": False}
napoleon_google_docstring = True
napoleon_numpy_docstring = False
# Docstring examples are run by pytest; here only those of the pages are.
doctest_test_doctest_blocks = ""

html_theme = "furo"
html_title = f"runstrong {release}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = [("filter.js", {"defer": "defer"})]
html_show_sourcelink = False
html_copy_source = False
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
copybutton_only_copy_prompt_lines = True


def setup(app: Sphinx) -> None:
    """Write the generated pages before Sphinx looks for sources."""
    app.connect("builder-inited", lambda app: generate.write_pages(Path(app.srcdir) / "_generated"))
    # Before myst-nb reads its settings: the other builders need no second run of the notebooks.
    app.connect("builder-inited", _run_notebooks_for_pages_alone, priority=1)
    app.connect("html-page-context", _one_sidebar_for_pages_outside_the_contents, priority=1)


def _run_notebooks_for_pages_alone(app: Sphinx) -> None:
    if app.builder.format != "html":
        app.config.nb_execution_mode = "off"


def _one_sidebar_for_pages_outside_the_contents(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Make the sidebar once for all pages of a folder that no table of contents holds: nothing in it is current.

    There are hundreds of them (rules, modules, sources), and making one takes as long as writing the page.
    """
    if pagename in app.env.toctree_includes or any(pagename in held for held in app.env.toctree_includes.values()):
        return
    sidebars: dict[object, str] = app.__dict__.setdefault("_sidebars", {})
    make, folder = context["toctree"], pagename.rpartition("/")[0]

    def once(**options: Any) -> str:
        key = (folder, *sorted(options.items()))
        if key not in sidebars:
            sidebars[key] = make(**options)
        return sidebars[key]

    context["toctree"] = once
