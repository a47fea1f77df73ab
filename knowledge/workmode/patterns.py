"""Phrases that speak of a way of working, and the phrases that only look like it. Counted in recorded listings (see the
field notes on boards, section 5): each false friend here occurred in a real one.
"""

import re
from enum import StrEnum

from knowledge.markets import WORLDWIDE, markets

_I = re.IGNORECASE


class Signal(StrEnum):
    """What a phrase is about."""

    REMOTE = "remote"
    HYBRID = "hybrid"
    ONSITE = "onsite"
    COMMUTE = "commute"
    GEO = "geo"
    TZ = "tz"
    TRAVEL = "travel"
    OFFSITE = "offsite"
    WORK_AUTH = "work_auth"
    LANGUAGE = "language"


_ZONES = (
    r"(?:UTC|GMT|CET|CEST|EET|WET|BST|EST|EDT|CST|CDT|MST|MDT|PST|PDT|ET|CT|MT|PT|IST|JST|SGT|AEST|AEDT|"
    r"(?:US |U\.S\. )?(?:Eastern|Central|Mountain|Pacific|Central European|Eastern European|British|European|American|"
    r"Americas?|US|EU|UK|EMEA|APAC|LATAM|Asian|Australian|North American)(?: Standard| Daylight)?)"
)
_PEOPLE = r"(?:candidates?|applicants?|applications?|people|individuals|residents|talent|those|employees|team members|contractors)"
_PLACE = (
    r"(?:(?:the |one of |any of |either |a |an |following |these |our |mainland |continental |greater )*"
    r"(?:[A-Z][\w.’'-]+|U\.?S\.?A?|EU|UK|LATAM|EMEA|APAC|following|countr(?:y|ies)|states?|provinces?|metro))"
)
_OFFICE = r"(?:office|studio|hq|headquarters|on-?site|onsite|hub|in-person|co-?working space)"
_DAYS = r"(?:\d|one|two|three|four|five|once|twice|a few|several|couple of|\d\s?(?:-|to|or)\s?\d)"
_KNOWN = (
    r"(?:the )?(?:"
    + "|".join(
        sorted((re.escape(m.name) for m in markets().by_code.values() if m.code != WORLDWIDE), key=len, reverse=True)
    )
    + r"|USA|U\.S\.A?\.?|US|UK|EU|EMEA|LATAM|APAC|NORAM|DACH|Americas|European Union|United States of America|Southeast Asia|Nordics|CEE|EEA|Ontario|California|Texas)"
)
_LANGUAGES = (
    r"(?:English|German|French|Spanish|Portuguese|Italian|Dutch|Polish|Czech|Swedish|Norwegian|Danish|Finnish|Japanese|"
    r"Mandarin|Chinese|Cantonese|Korean|Hebrew|Arabic|Turkish|Russian|Ukrainian|Romanian|Hungarian|Greek|Hindi|Thai|"
    r"Vietnamese|Indonesian|Catalan|Slovak|Bulgarian|Croatian|Serbian|Brazilian Portuguese)"
)

# Patterns are tried in order; a phrase is one signal once, and a later one may be another signal of the same sentence.
PATTERNS: tuple[tuple[Signal, re.Pattern[str]], ...] = (
    (
        Signal.ONSITE,
        re.compile(
            rf"\b(?:not|isn['’]t|no) (?:a |an |available (?:for|as) )?(?:fully )?remote(?! (?:first|work experience))"
            r"|\b(?:does|do|can) ?not (?:offer|support|allow|accommodate|consider) (?:fully )?remote"
            r"|\bno remote\b|\bremote (?:work )?is not (?:possible|available|an option|offered)"
            r"|\b(?:100%|fully|entirely|strictly|all) (?:on-?site|in-office|in-person|in office|in person)\b"
            r"|\b(?:on-?site|in-office|in-person) (?:role|position|job|only|opportunity|work(?:ing)? (?:is )?required|required)\b"
            rf"|\b(?:five|5) days (?:a|per|/) ?week (?:in|at|from|on) (?:the |our )?{_OFFICE}"
            r"|\b(?:role|position|job) (?:is|will be) (?:based )?(?:on-?site|in-office|in the office|in person)\b"
            r"|\bmust (?:work|be) (?:from|in|at) (?:the|our) (?:\w+ )?office\b|#LI-On-?site\b",
            _I,
        ),
    ),
    (
        Signal.HYBRID,
        re.compile(
            r"#LI-Hybrid\b|\bhybrid[ -](?:in-office|in office|remote|work(?:ing|place)?|role|position|schedule|policy|set-?up|"
            r"arrangement|office|basis|job|opportunity|company|team|employees?|contract|or remote|mode|week|format|workforce|"
            r"working model|environment|flexib\w+|option|onsite|on-site|location|culture|first)\b"
            r"|\bhybrid (?:model|approach)\b(?! (?:allows|for|of|combin\w+|that)\b)"
            r"|\b(?:role|position|job|this|we are|we're|team|location|work(?:ing)? model|company) (?:is|are|will be)? ?(?:a )?hybrid\b(?! \w)"
            r"|\b(?:is|are|work) (?:on a )?hybrid\b(?=[,.;)]|$| with| in| from| based)|\(hybrid(?:\)|[ ,;:/-]+(?:\d|work|remote|in|office|role|model|schedule|\w+ days)[^)]*\))|\bhybrid\s?[/|]\s?remote|remote\s?[/|]\s?hybrid"
            r"|\b(?:type|mode|model|arrangement|policy|style|setting|location|workplace)\s?[:-]\s?hybrid\b|\bexpected in (?:the|our) (?:\w+ ){0,2}?office|\boffice (?:every|each|on) (?:mon|tues|wednes|thurs|fri|week|day)"
            r"|\d{1,3}\s?% of (?:your|the|their) (?:\w+ )?time\b[^.]{0,20}\b(?:office|on-?site)|\b(?:an?|our|the) office (?:you can|is there|is available|space is available|available)|\b(?:welcome|free|able|like|want) to (?:use|work from|come to|visit) (?:the|our) (?:\w+ )?office"
            r"|\b(?:\d|zwei|drei|ein|einen) tage? (?:pro|die|in der) woche (?:im|vor ort)|\b\d jours? (?:par semaine )?(?:au bureau|sur site)|\bh[íi]brido\b|\bhybrides?\b"
            r"|\bremote or hybrid\b|\bhybrid or remote\b|^hybrid\b|\b(?:optionally|optional|partly|semi)[, -]+(?:hybrid|remote)\b"
            rf"|\b{_DAYS}(?: days?| times?)? (?:a|per|each|every|/) ?(?:week|month|quarter) (?:in|at|from|on|on-?site|into)? ?(?:the |our |an |one of our )?(?:\w+ ){{0,2}}?{_OFFICE}"
            rf"|\b(?:in|at|from|into|visit) (?:the |our |an )?(?:\w+ ){{0,2}}?(?:office|studio|hq)s? (?:for )?(?:at least |a minimum of |about |approximately |up to |roughly )?{_DAYS}(?: days?| times?)? (?:a|per|each|every|/) ?(?:week|month|quarter)"
            rf"|\b{_DAYS} days? (?:in|on|at)[ -]?(?:the |our )?{_OFFICE}\b|\bin-office (?:at least )?{_DAYS} days?"
            rf"|\b(?:at least |minimum of )?\d{{1,3}}\s?% (?:of (?:the|their|your) time )?(?:in|at|from) (?:one of )?(?:the|our) (?:\w+ )?offices?"
            r"|\b(?:in|at|from) (?:one of )?our offices? (?:at least |for at least |a minimum of )?\d{1,3}\s?%"
            r"|\bexpected (?:to be )?in(?:to)? (?:the |our )?offices?\b|\b(?:come|travel|commute) in(?:to)? (?:the |our )?(?:\w+ )?office\b"
            r"|\boffice (?:attendance|presence) (?:is )?(?:required|expected)|\b(?:optional|access to (?:an? |our )?)(?:\w+ )?office(?: space)?\b"
            r"|\bmix of (?:remote|home|office) and (?:office|remote|home|in-office)|\bsplit (?:your|their) time between (?:home|remote)"
            r"|\boffice is optional\b|\bwork (?:from|in|at) (?:the|our) (?:\w+ )?office (?:if|whenever|as often)|\bflexible between (?:home|office)",
            _I | re.MULTILINE,
        ),
    ),
    (
        Signal.REMOTE,
        re.compile(
            r"#LI-Remote\b|\b(?:100 ?%|fully|completely|all|entirely|truly|permanent(?:ly)?|globally)[- ]?remote\b"
            r"|\bremote(?:ly)?[- ](?:first|friendly|only|native|based|position|role|job|opportunity|team|company|work(?:ing|ers?|force|place)?|"
            r"set-?up|environment|culture|organi[sz]ation|worldwide|global(?:ly)?|eligible|contract|within|in|from|across|anywhere|employees?|"
            r"candidates|full-?time|part-?time|startup|business|engineer|from home)\b"
            r"|\b(?:this|role|position|job|is|are|be|location|type|we['’]re|work) (?:is |are )?(?:a |an |based )?remote(?:ly)?\b(?! (?:desktop|sensing|access|monitoring|support))"
            r"|\b(?:work(?:ing|s)?|operate|collaborate|hire) (?:\w+ )?remotely\b|\bremotely\b|\bremote[,;]|\bremote$|^remote\b"
            r"|\bwork(?:ing)?[- ]from[- ](?:your |the comfort of your )?(?:own )?(?:home|anywhere|wherever)\b|\bWFH\b|\bWFA\b|\bhome[- ](?:based|office based)\b"
            r"|\bfrom anywhere(?: in the world)?\b|\banywhere in the world\b|\bwork from home\b|\bfrom your home\b|\bdistributed (?:team|company|workforce|organi[sz]ation)\b"
            r"|\bremoto\b|\bt[ée]l[ée]travail\b|\bteletrabajo\b|\bhome-?office\b(?! (?:budget|allowance|stipend|set))|\b(?:type|mode|workplace|location)\s?:\s?(?:100% |fully )?remote\b|\bglobally distributed\b|\btelecommut\w+|\btelework\w*|\bremote\s?[/|(-]|[(/|-]\s?remote\b|\bremote (?:US|USA|UK|EU|EMEA|Canada|Europe|LATAM)\b",
            _I | re.MULTILINE,
        ),
    ),
    (
        Signal.COMMUTE,
        re.compile(
            r"\bcommut(?:ing|able|e) (?:distance|radius|range|time|to|into)\b|\b(?:reasonable|easy|daily|short) commute\b"
            r"|\bwithin (?:a |an |approximately |about )?\d+[- ]?(?:-| )?(?:miles?|mi|km|kilomet\w+|min(?:ute)?s?|hours?)(?:['’])? (?:drive |commute |radius |ride )?(?:of|from|to)\b"
            r"|\blive (?:near|close to|within|locally)\b|\b\d+[- ](?:mile|km|minute) (?:radius|commute|drive)\b|\bcommutable\b",
            _I,
        ),
    ),
    (
        Signal.TZ,
        re.compile(
            rf"\b(?:UTC|GMT|CET|CEST|EST|PST|ET|PT|CST)\s?(?:\(?\s?[+\-–±]\s?(?:/\s?-)?\s?\d)|\b{_ZONES}[- ]time[- ]?zones?\b|\b{_ZONES}(?:/\w+)? (?:business|working|core|office|work)[- ]hours\b"
            rf"|\boverlap\w*\b[^.]{{0,60}}\b(?:hours?|{_ZONES}|time|time-?zones?|team)\b|\b\d\+?\s?(?:-\s?\d\s?)?(?:hours?|hrs?)(?: of)? (?:daily )?overlap"
            rf"|\b\d{{1,2}}(?::\d\d)?\s?(?:am|pm)?\s?(?:-|–|to|until)\s?\d{{1,2}}(?::\d\d)?\s?(?:am|pm)?\s?(?:\(?(?:[A-Z][a-z]+ time\b|{_ZONES}\b))"
            rf"|\b(?:work(?:ing)?|business|operating|office|core) hours?\b[^.]{{0,40}}(?:\d\s?(?:am|pm)|\d:\d\d|\b{_ZONES}\b)"
            rf"|\b(?:based|located|work(?:ing)?|be|available|reside|live|operate|align\w*|compatible|hours?)\b[^.]{{0,40}}\b{_ZONES}(?:/\w+)?(?: time(?: ?zones?)?\b| hours\b| schedule\b|\b(?= business))"
            r"|\btime[- ]?zones?\b(?=[^.]{0,40}(?:\d|required|preferred|only|must|compatible|between|within|from))"
            r"|\b(?:within|between|in|inside|close to)\b[^.]{0,40}\btime[- ]?zones?\b|\btime[- ]?(?:zone )?difference\b|\bhours? time difference"
            rf"|(?:\+\s?/\s?-|±|\bplus or minus|\bplus/minus|\bwithin)\s?\d{{1,2}}(?:\.5)?\s?(?:-| )?(?:hours?|hrs?)\b|\b(?:EST|PST|CST|CET|EET|GMT|UTC)\b(?: time| timezone| hours|-aligned)|\bcore hours\b|\b(?:US|EU|UK|EMEA|APAC|LATAM)[- ](?:friendly )?(?:hours|time ?zones?)\b",
            _I,
        ),
    ),
    (
        Signal.GEO,
        re.compile(
            rf"\b(?i:must|should|need to|needs to|have to|required to|requires?|able to|currently|are|you|to)\s(?i:currently |legally |be |to be |permanently |physically |a )*(?i:based|located|live|living|reside|residing|resident of|resident in|resident|domiciled|working from|work from)(?i: in| within| inside| anywhere in| from| out of)? {_PLACE}"
            rf"|\b(?i:only|currently|exclusively|presently|just)\b[^.]{{0,30}}\b(?i:hire|hiring|accept|accepting|consider|considering|recruiting|open|available|employ|looking for|able to)\b[^.]{{0,60}}?\b(?i:in|from|to|within|based in|of) {_PLACE}"
            rf"|\b(?i:hire|hiring|accept|accepting|consider|considering|employ|recruit\w*)\b (?i:only |applicants? |candidates? |people |applications? )*(?i:in|from|within|based in|located in|who are (?:based|located) in) {_PLACE}"
            rf"|\b(?i:open|available|limited|restricted)(?i: only)? to (?i:only )?(?:(?i:{_PEOPLE}|residents|anyone) (?i:in|of|from|based|located|living|who|within)\b[^.]{{0,30}}{_PLACE}|{_PLACE}(?i:[- ]based| residents| candidates| only))"
            rf"|\b(?i:{_PEOPLE}) (?i:must |should |need to |who |to |may |can )*(?i:be |are |currently )*(?i:based|located|residing|reside|living|live|from)(?i: anywhere)?(?i: in| within| one of)? {_PLACE}"
            r"|\b(?:US|USA|U\.S\.A?\.?|UK|EU|Canada|Europe|LATAM|EMEA|APAC|India|Germany|Brazil|Mexico|Americas|North America|Latin America|United States|Australia)[- ](?i:only|based (?:candidates|applicants|only|residents)|residents? only|applicants only|candidates only)\b"
            r"|\b(?i:remote|remotely|home|anywhere)(?i: \w+)? (?i:in|within|from|across|throughout|inside|-)\s?(?i:the |any of the )?(?:US|USA|U\.S\.|United States|UK|United Kingdom|EU|Europe|EMEA|LATAM|Latin America|APAC|Canada|India|Germany|Spain|Poland|Portugal|Brazil|Mexico|Americas|North America|Australia|France|Netherlands|Ireland|Philippines)(?!\w)"
            rf"|\b{_KNOWN}(?:(?:,| or| and|/| &)* {_KNOWN})*[- ](?i:only|residents?|applicants?|based (?:candidates|applicants|only))\b|\b(?i:anywhere (?:in|within|across)) {_KNOWN}\b"
            rf"|\b{_KNOWN}-based\b(?! (?:company|startup|team|clients?|customers?|business|employees|firm|org))|\b(?i:remote)\s?[:,(–-]\s?(?i:based in |in )?{_KNOWN}(?!\w)|\b{_KNOWN},? \(?(?i:remote)\b"
            rf"|^(?i:based|located|living|residing)(?i: anywhere)? (?i:in|within) {_PLACE}|\b(?i:residents? (?:of|in)|outside(?: of)?) {_KNOWN}\b|\b(?i:wohnsitz in|ans[äa]ssig in|r[ée]sidence en|residir en|residencia en|residir no|morar no|basé\w* en) {_PLACE}"
            r"|\b(?i:following|select|certain|eligible|approved) (?i:\w+ )?(?i:states|countries|provinces|territories|locations|metro)\b|\b(?i:one of the following|in these) (?i:\w+ )?(?i:states|countries|locations|cities|metro)"
            r"|\bLocation:\s?(?:US|USA|UK|EU|Europe|Canada|LATAM|EMEA|India|United States)\b|\b(?i:country of residence|restricted to|residents of) [A-Z]",
        ),
    ),
    (
        Signal.TRAVEL,
        re.compile(
            r"\btravel\w*\b[^.%]{0,40}\d{1,3}\s?(?:-\s?\d{1,3}\s?)?%|\d{1,3}\s?%\s?(?:of (?:the )?time )?(?:domestic |international |business )?travel"
            r"|\b(?:willing(?:ness)?|ability|able|required|expected|need|must|have|available|asked|prepared|open) (?:to (?:be able to )?)?travel\b|\btravel (?:is |may be |will be )?(?:required|requirement\w*|expected|as needed|up to|needed|on occasion|occasionally)\b"
            r"|\b(?:occasional|some|minimal|frequent|limited|regular|light|domestic|international|quarterly|no|little)(?: \w+)? travel\b|\btravel to (?:our|the)\b[^.]{0,40}\b(?:once|twice|\d|every|per|each)|\btravel (?:\w+ )?(?:\d|one|two|three|four|once|twice|quarterly|monthly)\b",
            _I,
        ),
    ),
    (
        Signal.OFFSITE,
        re.compile(
            r"\b(?:off-?sites?|retreats?)\b|\b(?:team|company|annual|quarterly|yearly|bi-?annual|twice a year|all-?hands|regular|in-person|global)[- ](?:\w+ )?(?:meet-?ups?|gatherings?|get-?togethers?|summits?|meetings? in person)\b"
            r"|\bin[- ]person (?:gatherings?|meet-?ups?|events?|summits?|weeks?|get-?togethers?|team (?:events?|weeks?))\b|\b(?:gather|get together|meet(?: up)?) in[- ]person\b|\bworkations?\b",
            _I,
        ),
    ),
    (
        Signal.WORK_AUTH,
        re.compile(
            r"\b(?:authori[sz]ed|eligible|qualified|permitted|entitled|legally (?:able|allowed)|licen[sc]ed|legal right|right|permission|allowed|clearance) to (?:legally )?(?:work|be employed)\b"
            r"|\b(?:work|employment)[- ](?:authori[sz]ation|permit|visa|eligibility|rights)\b|\bvisas?\b|\bsponsor(?:ship|ing)?\b(?=[^.]{0,40}(?:visa|work|employment|not|provide|available|offer|immigration|candidates|$))"
            r"|\b(?:citizenship|citizens?|green card|permanent residen\w+|security clearance|clearance required|active clearance|secret clearance|US persons?)\b|\bindefinite leave to remain\b",
            _I,
        ),
    ),
    (
        Signal.LANGUAGE,
        re.compile(
            rf"\b(?:fluen(?:t|cy)|native|proficien(?:t|cy)|bilingual|business|advanced|professional|conversational|excellent|strong|written|spoken|C[12]|B2|speak\w*|command of|knowledge of|level of)\b[^.]{{0,40}}\b{_LANGUAGES}\b(?! (?:time|hours|team|market|office|companies))"
            rf"|\b{_LANGUAGES}[- ](?:speak(?:er|ing)s?|fluency|proficiency|language|native|level|skills|\(?[BC][12])|\b(?:fluent|native)[- ]level {_LANGUAGES}|\b(?:deutsch|englisch|franz[öo]sisch)(?:kenntnisse|sprachig\w*)?\b[^.]{{0,30}}\b(?:C[12]|B2|flie[ßs]s?end|kenntnisse|wort und schrift)|\bdeutschkenntnisse\b",
            _I,
        ),
    ),
)

# What a phrase is really about where it only looks like a signal.
TRAPS: dict[Signal, re.Pattern[str]] = {
    Signal.REMOTE: re.compile(
        r"\b(?:remote|home|wfh)[- ](?:office |work )?(?:allowance|stipend|budget|experience)|[$€£]\s?[\d.,]+\s?/?\s?\w{0,5} \(remote\)|\bremote(?:ly)? (?:desktop|sensing|access|monitoring|control\w*|support|patient|server|site|area|diagnos\w+|care|"
        r"communit\w+|villages?|locations? (?:such|like)|device|hands|procedure|repositor\w+|debugging|code execution|assistance|proctor\w*|"
        r"start|terminal|management of|interviews?\b)"
        r"|\b(?:up to|for|maximum of|max) (?:\w+ )?(?:\d+|one|two|three|four|six|eight) (?:weeks?|months?|days?)\b[^.]{0,40}|\b\d+ (?:weeks?|months?|days?) (?:of|to|per year)[^.]{0,20}(?:work )?(?:from anywhere|abroad)",
        _I,
    ),
    Signal.HYBRID: re.compile(
        r"\bhybrid[- ](?:mobile|i?os|app\w*|cloud|solutions?|infrastructure|vehicles?|electric|engines?|framework|search|it\b|retrieval|events?|"
        r"athletes?|multi|architecture|deployments?|networks?|learning|care|fulfil\w+|web|native|development|integration|data|ai|"
        r"storage|identity|power|product|project management|agile|event|conference|rocket|inverter|cloud environments?|work(?:load|flow)s?)"
        r"|\bhybrid (?:model|approach|environment|set-?up|format)\b[^.]{0,60}\b(?:patients?|clinic|clinical|care|students?|classroom|customers?|cloud|virtual|on-prem\w*|campus|members|learners|waterfall)\b"
        r"|\bfield (?:events|marketing)\b",
        _I,
    ),
    Signal.ONSITE: re.compile(
        r"\bon-?site (?:gym|parking|cafe\w*|lunch|childcare|amenit\w+|support|visits?|customers?|clients?|installation|interviews?)"
        r"|R\$|[$€£]\s?\d[\d.,]*\s?/\s?mo|\b(?:free|complimentary)\b[^.]{0,20}on-?site",
        _I,
    ),
    Signal.COMMUTE: re.compile(
        r"\blive near\b[^.]{0,40}\b(?:welcome|can use|may use|drop)|\bcommuter (?:benefits?|allowance|stipend|program)|\bno (?:more )?commut\w+|\bapply\b[^.]{0,20}within|within \d+ (?:minutes|hours|days|business)\b(?! (?:drive|commute|of (?:the|our) (?:office|\w+ office)))"
        r"|\b(?:without|skip|forget|avoid|ditch|save on|save)\b[^.]{0,20}commut\w*|\bresponse time|\brespond\w* within|\bdeliver\w*[^.]{0,15}within|\bcommut\w+ (?:subsid|reimburse|support|cost|app|solutions?)",
        _I,
    ),
    Signal.TZ: re.compile(
        r"\b(?:clos(?:e|es|ing)|deadline|apply|applications?|submi\w+|due|webinar|register|until filled|posted)\b[^.]{0,40}\b\d{1,2}(?::\d\d)?\s?(?:am|pm)"
        r"|\bacross (?:(?:multiple|different|many|several|various|all|\d+|global) )*time[- ]?zones\b(?![^.]{0,40}(?:overlap|must))|\btime[- ]?zone (?:conversion|handling|bugs?|support|differences in data)"
        r"|\bsupport hours|\b(?:every|your own|your) time[- ]?zones?\b|\bdaylight saving|\boverlap\w* (?:with|between|in)? ?(?:responsibilit|dut|skills|roles?\b|areas|sets|windows of data)|\bsimilar time[- ]?zones|\ball time[- ]?zones|\bregardless of time ?zone|\bany time ?zone",
        _I,
    ),
    Signal.GEO: re.compile(
        r"\b(?:(?:salary|pay|compensation) ranges?|ranges? (?:is|are|provided|specific)|forgivable|loan|also receive|spending account|fsa|hsa)\b[^.]{0,140}|\b(?:insurance|medical|dental|vision|401|benefits?|coverage|parental|leave|pto|stipend|allowance|bonus|holidays?|perks?)\b[^.]{0,40}\b(?:only|residents|employees|based)\b"
        r"|\b(?:customers?|clients?|offices?|headquarter\w*|hq|company|investors?|team|founders?|partners?|warehouses?|users|stores|data cent\w+|servers?|markets?) (?:\w+ )?(?:is |are )?(?:based|located|living|across|throughout) ",
        _I,
    ),
    Signal.TRAVEL: re.compile(
        r"\btravel (?:industry|compan\w+|tech\w*|insurance|agen\w+|stipend|benefits?|budget|brand|platform|app|expenses?|reimburse\w*|discount|perks?|business|market|management|bookings?|credit|experiences?|content|guides?|nurs\w+|plans?|allowance)"
        r"|\blove (?:to )?travel|\bpassion\w* (?:for|about) travel|\bhelp\w*[^.]{0,25}travel|\btravelers?\b|\bfuture of travel|\bcorporate travel",
        _I,
    ),
    Signal.OFFSITE: re.compile(
        r"\boff-?site (?:backup|storage|data|link|seo|parking|content|events? for (?:clients|customers))|\b(?:speak\w*|present\w*|represent\w*|at|host\w*|organi[sz]\w+|plan\w*|coordinat\w+|attend\w*|run|manage|support|logistics for|sponsor)\b[^.]{0,40}\b(?:meet-?ups?|conference|events?|retreats?|off-?sites?|gatherings?)\b(?=[^.]{0,40}(?:stages?|customers?|clients?|developers?|communit\w+|executives?|leadership team|vendors?|budget))",
        _I,
    ),
    Signal.WORK_AUTH: re.compile(
        r"\bno visa (?:is )?(?:required|needed|necessary)|\b(?:religion|marital|veteran|national origin|disability|gender)\b[^.]{0,120}\bcitizenship\b|\bcitizenship\b[^.]{0,80}\b(?:religion|marital|veteran|disability|gender|age)\b|\b(?:citizen (?:developer|scientist|services?|data)|good citizen|corporate citizen|senior citizens?|global citizen\w*|citizens? (?:of|engagement)|visa (?:card|inc|debit|payments?|direct|and mastercard|/mastercard)|mastercard|event sponsor\w*|sponsorship (?:deals?|sales|revenue|packages?|opportunit\w+)|sponsored (?:content|posts?))",
        _I,
    ),
    Signal.LANGUAGE: re.compile(
        r"\b(?:programming|body|query|natural|markup|large|sign) languages?\b|\blanguage models?\b", _I
    ),
}
# Cheap words of which a sentence with a signal has one, in lower case: patterns are tried only where one stands.
HINTS: dict[Signal, tuple[str, ...]] = {
    Signal.ONSITE: ("remote", "site", "office", "person"),
    Signal.HYBRID: ("hybrid", "office", "h\u00edbrid", "b\u00fcro", "bureau", "site", "studio", "hq", "headquarter", "remote", "hub", "person", "working space"),
    Signal.REMOTE: ("remot", "home", "wfh", "wfa", "anywhere", "distributed", "telecommut", "telework", "travail", "teletrab", "wherever"),
    Signal.COMMUTE: ("commut", "mile", " mi ", "km", "kilomet", "minute", " min", "live ", "radius", "hour"),
    Signal.TZ: ("zone", "hour", "hrs", "utc", "gmt", "overlap", "time", " am", "am-", "am ", "pm ", "pm-", "cet", "est", "pst", "cst", "eet", "bst"),
    Signal.GEO: ("must", "only", "based", "locat", "resid", "hire", "hiring", "accept", "consider", "open", "limited", "restrict", "outside", "wohnsitz", "countr", "states",
        "remote", "home", "anywhere", "available", "candidates", "applicants", "recruit", "employ", "living", "live ", "provinces", "ans\u00e4ssig", "bas\u00e9", "morar"),
    Signal.TRAVEL: ("travel",),
    Signal.OFFSITE: ("offsite", "off-site", "retreat", "meetup", "meet-up", "gather", "together", "summit", "in-person", "in person", "workation"),
    Signal.WORK_AUTH: ("authori", "eligib", "qualif", "permi", "entitle", "legal", "visa", "sponsor", "citizen", "green card", "residen", "clearance", "licen", "right",
        "us person", "leave to remain", "allowed"),
    Signal.LANGUAGE: tuple(name.casefold() for name in re.findall(r"[A-Z][a-z]+", _LANGUAGES)) + ("deutsch", "englisch", "kenntnisse", "franz"),
}
