"""Rows of HTML in the look of the frontend."""

_LOOK = "font-family:var(--jp-ui-font-family, sans-serif);color:var(--jp-ui-font-color1, currentColor)"


def sheet(*parts: str) -> str:
    """Pieces of HTML, one below the other."""
    return f"<div class='mathjax_ignore' style='{_LOOK}'>{''.join(parts)}</div>"


def paragraph(content: str) -> str:
    """Its line breaks are kept."""
    return f"<p style='margin:.4em 0;white-space:pre-wrap'>{content}</p>"
