"""Words around an amount that say what it is: its period, its kind, or that it is no pay at all."""

import re
from enum import StrEnum

_I = re.IGNORECASE


class Period(StrEnum):
    """What an amount is paid for; UNIT is a piece of work (a question, a lecture, a post)."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    UNIT = "unit"


class Kind(StrEnum):
    """Which part of pay an amount is, the most useful first."""

    BASE = "base"
    UNSTATED = "unstated"
    TOTAL = "total"
    OTE = "ote"
    COMMISSION = "commission"
    BONUS = "bonus"


_PIECES = (
    "question|task|post|article|word|lecture|lesson|video|project|assignment|piece|page|session|image|class|blog|essay|"
    "submission|deliverable|item|review|interview|transcript|report|story|episode|design|script|test|minute|chapter"
)
_PER = r"(?:/\s?|\bper\s|\ban?\s|\beach\s|\bevery\s|\bpro\s|\bpor\s|\bpar\s|\bal\s|\bim\s|\bpr\.?\s|\bom\s|\bp\.\s?)(?:full |working |calendar )?"
# A year's bonus, budget or donation is no year's pay.
_NO_YEAR = (
    r"(?!\s+(?:\w+\s){0,2}?(?:bonus|raise|review|leave|donat|charit|budget|stipend|revenue|recurring|retreat|merit|"
    r"report|offsite|allowance|increase))"
)
PERIODS: tuple[tuple[Period, re.Pattern[str]], ...] = (
    (Period.UNIT, re.compile(rf"(?:/\s?|\bper |\bfor each |\beach |\ba )(?:[a-z]+ )?(?:{_PIECES})s?\b", _I)),
    (
        Period.HOUR,
        re.compile(
            rf"{_PER}(?:hours?|hrs?|std|stunde|horas?|heure)\b|/\s?h\b|\bp/?h\b|\bhourly\b|\bstundenlohn\b|\bde l'heure\b"
            r"|\bhour rate\b",
            _I,
        ),
    ),
    (
        Period.DAY,
        re.compile(
            rf"{_PER}(?:days?|tag|d[ií]a|jour|den|dag|dzie[nń])\b|\bdaily\b|\bday[- ]rate\b|\btagessatz\b|\bTJM\b", _I
        ),
    ),
    (Period.WEEK, re.compile(rf"{_PER}(?:weeks?|wk|woche|semana|semaine)\b|\bweekly\b", _I)),
    (
        Period.MONTH,
        re.compile(
            rf"{_PER}(?:months?|mth|mo|monat|mes|m[êe]s|mois|mies\w*|m[eě]s[ií]c|m[aå]ned|m[aå]nad)\b|\bmonthly\b|\bp\.?\s?m\.?(?=$|[\s,;)])|\bpcm\b"
            r"|\bmonatlich\w*|\bmensual(?:es)?\b|\bmensa(?:l|is)\b|\bmensuels?\b|\bmensile\b|\bmonatsgehalt\b|/\s?m\b",
            _I,
        ),
    ),
    (
        Period.YEAR,
        re.compile(
            rf"{_PER}(?:years?|yr|annum|jahr|a[ñn]o|ano|an|rok|år)\b|\bannually\b|\byearly\b|\bp\.?\s?a\.?(?=$|[\s,;)])"
            rf"|\bannual(?:i[sz]ed)?\b{_NO_YEAR}|\b(?:1st|2nd|3rd|first|second)[- ](?:yr|year)\b|\bj[äa]hrlich\w*"
            r"|\bjahresgehalt\b|\bannuels?\b|\banual(?:es)?\b|\banuais\b|\bbrutto/jahr\b|\b/\s?y\b",
            _I,
        ),
    ),
)

KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.OTE, re.compile(r"\bOTE\b|\bon[- ]target[- ]earnings?\b|\b(?:target|expected) earnings\b", _I)),
    (
        Kind.TOTAL,
        re.compile(
            r"\btotal (?:target |annual |cash |rewards? |direct )*(?:comp\w*|cash|earnings|package|pay|remuneration)\b"
            r"|\bbase(?: salary| pay)? ?(?:\+|plus|and|&) ?(?:bonus|commission|equity)\b|\bTC\b|\ball[- ]in\b|\btarget (?:total|cash)\b|\bCTC\b",
            _I,
        ),
    ),
    (
        Kind.BONUS,
        re.compile(r"\b(?:sign(?:ing)?[- ]?on|signing|retention|welcome|joining|relocation)\b|\bbonus(?:es)?\b", _I),
    ),
    (Kind.COMMISSION, re.compile(r"\bcommissions?\b|\bvariable\b", _I)),
    (Kind.BASE, re.compile(r"\bbase\b|\bfixed\b|\bfixum\b|\bgrundgehalt\b|\bbasic\b", _I)),
)

# One of these makes money in running text pay.
PAY_WORD = re.compile(
    r"\b(?:jahresgehalt|monatsgehalt|salar(?:y|ies)|compensation|comp|pays?|paid|paying|payment|wages?|rates?|remuneration|earn(?:s|ings?)?|OTE|TC|"
    r"(?<!customer )(?<!user )(?<!client )(?<!knowledge )(?<!code )base|gross|net|package|gehalt|verg[üu]tung|salaire|salario|sal[áa]rio|brutto|netto|b2b|commission|hourly|ctc|lpa|"
    r"per annum|per hour|day rate|doe|remuneraci[oó]n|r[ée]mun[ée]ration|wynagrodzenie|tjm|tagessatz|superannuation)\b"
    r"|/\s?(?:hr|hour|h|yr|year|mo|month|annum|day)\b|\bper (?:hour|year|month|day|week|annum)\b",
    _I,
)
# Without rates: "$499 per month" alone may be a price.
PAY_NAME = re.compile(
    r"\b(?:salar(?:y|ies)|compensation|comp|pay range|base pay|paid|wages?|remuneration|OTE|base|gross|net|gehalt|jahresgehalt|"
    r"verg[üu]tung|salaire|salario|sal[áa]rio|brutto|netto|b2b|ctc|hourly rate|day rate|pay rate|pay)\b",
    _I,
)
# Money that is somebody else's or something else's: the company's, its customers', a perk's.
_COMPANYS = (
    "raised|raising|funding|funded|series [a-f]|seed round|seed funding|valuation|valued|revenues?|arr|mrr|aum|gmv|gdp|"
    "turnover|profits?|assets|market cap|investments?|investors?|backed by|industry|transactions?|payment volume|portfolio|"
    "fraud|loans?|debt|quota|pipeline|deals?|prizes?|grants?|awards?|acquired|acquisition|ipo|sales of|fund"
)
_PERKS = (
    "stipends?|allowances?|reimburse\\w*|budgets?|gym|fitness|wellness|wellbeing|well-being|learning|education|tuition|"
    "professional development|conferences?|training|courses?|home[- ]office|equipment|laptop|internet|phone|coworking|"
    "co-working|meals?|lunch|food|vouchers?|gift|donat\\w+|charit\\w+|matching|matched|match|401|pension|insurance|"
    "deductible|hsa|childcare|commut\\w+|transport\\w*|travel|relocation|vacation|holiday|perks?|referral|credits?|"
    "adoption|surrogacy|fertility|supermarket|refer\\w*|coverage|compute|assistance|sachbezug|anniversary|team[- ]building|retreat|books?|ergonomic|desk|furniture|set-?up"
)
_PRICES = (
    "ad[- ]?spend|advertising|spend|spending|costs?|price|priced|prices|pricing|normally|retail|subscriptions?|"
    "savings?|saved|saves?|saving|discount|worth of|orders?|per (?:employee|user|customer|seat|member|referral|lead|ticket|license)|"
    "users|customers|subscribers|followers|downloads|companies|fees?|valued at|clients?|bount\\w+|payouts?|plans? (?:start|from)|certification|exams?"
)
NOT_PAY = re.compile(rf"\b(?:{_COMPANYS}|{_PERKS}|{_PRICES})\b", _I)
# Those that outweigh a word of pay in the same breath.
STRONG_NOT_PAY = re.compile(
    r"\b(?:reimburse\w*|stipends?|allowances?|gym|donat\w+|charit\w+|valuation|revenues?|arr|ad[- ]?spend|funding|raised|"
    r"refer(?:ral|ring)|if you charge|for example|budgets?|vouchers?|401|insurance|prizes?|deposit|quota|gmv|aum|per (?:employee|user|customer|seat)|(?:customers?|clients?|users|agencies|companies) pay|bount\w+|plans? start)\b",
    _I,
)
# What a bare number may count instead of money.
COUNTED = re.compile(
    r"\s*\+?\s*(?:[\w-]+\s){0,1}?(?:users?|customers?|clients?|employees|people|engineers|developers|subscribers|"
    r"followers|downloads|stars|requests?|events?|images?|companies|businesses|members|students|patients|lines|rows|"
    r"records|devices|stores|countries|hours?|hrs?|days|weeks|months|years|yrs?|minutes|words|miles|km|percent|%|x\b)\b",
    _I,
)
RANGE_OPENS = re.compile(r"\brange\b[^.\d]{0,40}$", _I)
FROM = re.compile(
    r"(?:\b(?:from|start(?:s|ing)?(?: (?:salary|pay|rate|wage))?(?: (?:at|from|of|is))?|at least|minimum(?: of)?|min\.?|upwards? of|"
    r"no less than|over|above|north of|ab|desde|[àa] partir de|a partir de|od)\b|>=?)[\s:~]*$",
    _I,
)
UP_TO = re.compile(
    r"(?:\b(?:up to|upto|as much as|max(?:imum)?\.?(?: of)?|capped at|cap of|cap at|no more than|less than|under|bis(?: zu)?|hasta|"
    r"at[ée]|jusqu'?[àa]|do)\b|<=?)[\s:~]*$",
    _I,
)
