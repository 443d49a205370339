"""Which notebook a kernel belongs to, and links from it."""

from pathlib import Path

import pytest

from jupyter_tutor.kernel.notebook import link, notebook_path
from jupyter_tutor.kernel.server import Server


@pytest.mark.parametrize(
    ("name", "root", "path"),
    [
        ("/srv/ann/tutor/a.ipynb", "/srv/ann", "tutor/a.ipynb"),
        ("/srv/ann/work/b.ipynb", "/srv/ann", "work/b.ipynb"),
        ("/srv/ann/work/tutor/b.ipynb", "/srv/ann", "work/tutor/b.ipynb"),
        ("/elsewhere/tutor/a.ipynb", "/srv/ann", "tutor/a.ipynb"),
        ("/elsewhere/a.ipynb", "/srv/ann", None),
        ("/srv/ann/tutor/a.ipynb", None, "tutor/a.ipynb"),
        ("tutor/a.ipynb", "/srv/ann", "tutor/a.ipynb"),
        ("tutor\\a.ipynb", None, "tutor/a.ipynb"),
        ("a.ipynb", "/srv/ann", None),
        ("/srv/ann/console-1-abc", "/srv/ann", None),
        ("", "/srv/ann", None),
    ],
)
def test_the_path_is_told_from_the_name_of_the_session(name: str, root: str | None, path: str | None) -> None:
    server = Server("http://localhost/", "", Path(root) if root else None)
    assert notebook_path(server, {"JPY_SESSION_NAME": name}) == path


def test_a_root_behind_a_link_is_the_same_root(tmp_path: Path) -> None:
    (tmp_path / "real" / "tutor").mkdir(parents=True)
    (tmp_path / "home").symlink_to(tmp_path / "real")
    server = Server("http://localhost/", "", tmp_path / "home")
    assert notebook_path(server, {"JPY_SESSION_NAME": str(tmp_path / "real/tutor/a.ipynb")}) == "tutor/a.ipynb"


@pytest.mark.parametrize(
    ("path", "start", "href"),
    [
        ("tutor/a b.ipynb", "tutor/c.ipynb", "a%20b.ipynb"),
        ("tutor/a.ipynb", "c.ipynb", "tutor/a.ipynb"),
        ("tutor/a.ipynb", "work/deep/c.ipynb", "../../tutor/a.ipynb"),
        ("tutor/javascript:x.ipynb", "tutor/c.ipynb", "javascript%3Ax.ipynb"),
        ("tutor/a.ipynb", None, None),
    ],
)
def test_a_link_leads_from_this_notebook_to_the_other(path: str, start: str | None, href: str | None) -> None:
    assert link(path, start) == href
