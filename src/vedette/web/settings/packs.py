"""The rules the house keeps, each with its source; all are in force, lawyers decide what applies."""

from django.utils.translation import gettext_lazy as _

PACKS = (
    (_("Criminal intelligence"), _("28 CFR Part 23")),
    (_("Investigations touching political activity"), _("modelled on the Handschu guidelines")),
    (_("European partners"), _("Directive (EU) 2016/680, Article 25")),
    (_("Labels"), _("TLP 2.0 (FIRST); modelled on Europol's handling codes")),
    (_("Originator control"), _("the originator's prior consent for every onward step")),
    (_("Grading"), _("NATO A-F / 1-6, EU 4x4, UK 3x5x2")),
    (_("Sign-in, locks, sessions"), _("modelled on the CJIS security policy, 5.4 to 5.6")),
    (_("Requests and clocks"), _("modelled on Directive (EU) 2023/977")),
)
