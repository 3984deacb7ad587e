"""What is bought, as a fixed list under its category: a claim tells a funder this and no free text."""

from django.utils.translation import gettext_lazy as _

from vedette.funding.models import Category
from vedette.kit.errors import Refused

ITEMS = {
    "salary": (Category.PERSONNEL, _("Salary")),
    "overtime": (Category.PERSONNEL, _("Overtime")),
    "benefits": (Category.PERSONNEL, _("Benefits")),
    "rent": (Category.LODGING, _("Rent of a flat")),
    "hotel": (Category.LODGING, _("Hotel")),
    "household": (Category.LODGING, _("Power, water, heating")),
    "flight": (Category.TRAVEL, _("Flight")),
    "rail": (Category.TRAVEL, _("Rail")),
    "road": (Category.TRAVEL, _("Car, fuel, taxi")),
    "per-diem": (Category.TRAVEL, _("Meals on a journey")),
    "visa": (Category.TRAVEL, _("Visa and passport")),
    "office-rent": (Category.OFFICE, _("Rent of an office")),
    "phone": (Category.OFFICE, _("Phones and lines")),
    "supplies": (Category.OFFICE, _("Office supplies")),
    "course": (Category.TRAINING, _("Course")),
    "material": (Category.TRAINING, _("Training material")),
    "insurance": (Category.OTHER, _("Insurance")),
    "medical": (Category.OTHER, _("Medical")),
    "equipment": (Category.OTHER, _("Equipment")),
}


def category_of(item: str) -> str:
    """The category of an item; Refused for what is not on the list."""
    if item not in ITEMS:
        raise Refused("item", f"“{item}” is not on the list.", f"Choose one of: {', '.join(ITEMS)}.")
    return ITEMS[item][0].value


def name_of(item: str) -> str:
    """An item in words."""
    return str(ITEMS[item][1]) if item in ITEMS else item
