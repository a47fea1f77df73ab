"""Ways of working and contradictions in words, for whoever shows them."""

from knowledge.workmode.verdict import Verdict

MODES = {
    Verdict.WORLDWIDE: "remote, from anywhere",
    Verdict.RESTRICTED: "remote",
    Verdict.HYBRID: "hybrid",
    Verdict.ONSITE: "on site",
    Verdict.UNCLEAR: "way of working not said",
}
FLAGS = {
    "REMOTE_VS_OFFICE": "says remote and asks for an office",
    "ANYWHERE_VS_GEO": "the board says anywhere, the text does not",
    "ANYWHERE_VS_TZ": "the board says anywhere, the text names time zones",
    "TITLE_VS_FIELD": "title and board name different places",
    "NO_REMOTE_EVIDENCE": "nothing in it says remote",
    "CROSS_BOARD_CONFLICT": "boards disagree on who may apply",
}
# The parts of the transparency score, as what a listing may speak of.
PARTS = {
    "mode": "way of working",
    "where": "who may apply",
    "hours": "hours",
    "office": "office duties",
    "pay": "pay",
}
