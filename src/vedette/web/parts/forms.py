"""Django's form fields in the house's dress: label, hint, error, input, in that order, tied together."""

from typing import Any

from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Widget


def shape_of(widget: Widget) -> str:
    """How a widget is drawn: one line to tick, a set of choices, or a box to type in."""
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    return "tick" if isinstance(widget, CheckboxInput) else "box"


def dressed(field: BoundField, hint: object = "") -> dict[str, Any]:
    """What `parts/form_field.html` needs; the ids of hint and error are named by the input."""
    widget = field.field.widget
    shape = shape_of(widget)
    said = hint or field.help_text
    identity = field.auto_id or field.html_name
    named = [f"{identity}_hint" if said else "", f"{identity}_error" if field.errors else ""]
    extra: dict[str, Any] = {"aria-describedby": " ".join(filter(None, named)) or False}
    if field.errors:
        extra["aria-invalid"] = "true"
    if shape == "box" and not isinstance(widget, FileInput):
        extra["class"] = f"{widget.attrs.get('class', '')} input".strip()
    # Django adds its own aria-describedby for a help text it expects to print; ours names both parts.
    return {
        "field": field,
        "shape": shape,
        "hint": said,
        "identity": identity,
        "input": field if shape == "choices" else field.as_widget(attrs=extra),
        "described": extra["aria-describedby"] or "",
    }
