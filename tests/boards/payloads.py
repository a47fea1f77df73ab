"""Answers in the shapes of each board, with the odd values that were recorded; every text is ours."""

import json
from typing import Any

TEXT = (
    "<p>We look for a <strong>senior computer vision engineer</strong> with PyTorch and CUDA. This is a fully remote role; "
    "you must be based in Germany or Spain, with at least 4 hours overlap with CET.</p><ul><li>5+ years of experience</li></ul>"
)


def jobicy(number: int = 1, **fields: Any) -> dict[str, Any]:
    return {
        "id": number,
        "url": f"https://jobicy.com/jobs/{number}-senior-computer-vision-engineer",
        "jobSlug": f"{number}-senior-computer-vision-engineer",
        "jobTitle": "Senior Computer Vision Engineer &#8211; Imaging",
        "companyName": "Lumen &amp; Sons",
        "companyLogo": False,
        "jobIndustry": ["Data Science &amp; Analytics"],
        "jobType": ["Full-Time"],
        "jobGeo": "Germany,  Spain",
        "jobLevel": "Any",
        "jobExcerpt": "An excerpt",
        "jobDescription": TEXT,
        "pubDate": "2026-11-18T08:00:00+00:00",
        "salaryMin": 90000,
        "salaryMax": 120000,
        "salaryCurrency": "EUR",
        "salaryPeriod": "yearly",
    } | fields


def jobicy_page(*jobs: dict[str, Any], cursor: str | None = None) -> bytes:
    return json.dumps(
        {"apiVersion": "2.2.18", "jobCount": len(jobs), "jobs": [*jobs], "nextCursor": cursor, "hasMore": bool(cursor)}
    ).encode()


def remoteok(number: int = 1, **fields: Any) -> dict[str, Any]:
    return {
        "slug": f"remote-{number}",
        "id": str(number),
        "epoch": 1763460000,
        "date": "2026-11-18T10:00:00+00:00",
        "company": "SÃ£o Vision",
        "position": "Senior Computer Vision Engineer",
        "tags": ["exec"],
        "description": f"{TEXT}<br/><br/>Please mention the word **GOOD** and tag RMTkyLjAuMi4x when applying",
        "location": "Remote - Europe",
        "salary_min": 0,
        "salary_max": 0,
        "apply_url": f"https://remoteOK.com/remote-jobs/remote-{number}",
        "url": f"https://remoteOK.com/remote-jobs/remote-{number}",
    } | fields


def remoteok_page(*jobs: dict[str, Any]) -> bytes:
    return json.dumps([{"last_updated": 1763460000, "legal": "Please link back"}, *jobs]).encode()


def remotive(number: int = 1, **fields: Any) -> dict[str, Any]:
    return {
        "id": number,
        "url": f"https://remotive.com/remote-jobs/software-dev/cv-{number}",
        "title": "🇩🇪 Senior Computer Vision Engineer (m/w/d)",
        "company_name": "Lumen ",
        "category": "AI / ML",
        "tags": ["C"],
        "job_type": "full_time",
        "publication_date": "2026-11-17T09:30:00",
        "candidate_required_location": "Germany, CET +/- 3 HOURS",
        "salary": "€95k-€115k",
        "description": TEXT,
    } | fields


def remotive_page(*jobs: dict[str, Any]) -> bytes:
    return json.dumps(
        {"00-warning": "moved", "0-legal-notice": "link back", "job-count": len(jobs), "jobs": [*jobs]}
    ).encode()


def greenhouse(number: int = 1, **fields: Any) -> dict[str, Any]:
    content = (
        "&lt;p&gt;We look for a senior computer vision engineer.&amp;nbsp;This role is remote within the US.&lt;/p&gt;"
        "&lt;div class=&quot;content-pay-transparency&quot;&gt;&lt;div class=&quot;pay-input&quot;&gt;&lt;div class=&quot;title&quot;&gt;Annual base salary:"
        "&lt;/div&gt;&lt;div class=&quot;pay-range&quot;&gt;&lt;span&gt;$190,000&lt;/span&gt;&lt;span class=&quot;divider&quot;&gt;&amp;mdash;&lt;/span&gt;"
        "&lt;span&gt;$240,000 USD&lt;/span&gt;&lt;/div&gt;&lt;/div&gt;&lt;/div&gt;"
    )
    return {
        "id": 5_311_686_008 + number,
        "internal_job_id": 42,
        "title": " Senior Computer Vision Engineer",
        "absolute_url": f"https://boards.greenhouse.io/lumen/jobs/{5_311_686_008 + number}?gh_jid=1&gh_jid=1",
        "location": {"name": "Hybrid"},
        "offices": [{"id": 1, "name": "Austin", "location": "Austin, Texas, United States"}],
        "departments": [{"id": 1, "name": "Engineering"}],
        "metadata": [{"id": 1, "name": "Location Type", "value": "Remote"}],
        "updated_at": "2026-11-19T10:00:00-05:00",
        "first_published": "2026-11-10T10:00:00-05:00",
        "company_name": "Lumen Inc.",
        "content": content,
    } | fields


def greenhouse_page(*jobs: dict[str, Any]) -> bytes:
    return json.dumps({"jobs": [*jobs], "meta": {"total": len(jobs)}}).encode()


def weworkremotely_page(*titles: str) -> bytes:
    items = "".join(
        f"""<item><title>{title}</title><region>Anywhere in the World</region><country></country><state>California</state><skills></skills>
        <category>Programming</category><type>Full-Time</type><description>&lt;p&gt;&lt;strong&gt;Headquarters:&lt;/strong&gt; Paris&lt;/p&gt;
        &lt;p&gt;We look for engineers who write Go.&lt;/p&gt;&lt;p&gt;&lt;strong&gt;To apply:&lt;/strong&gt; https://weworkremotely.com/remote-jobs/x&lt;/p&gt;</description>
        <pubDate>Tue, 17 Nov 2026 10:00:00 +0000</pubDate><expires_at>Thu, 17 Dec 2026 10:00:00 +0000</expires_at>
        <guid>https://weworkremotely.com/remote-jobs/j{n}</guid><link>https://weworkremotely.com/remote-jobs/j{n}</link></item>"""
        for n, title in enumerate(titles)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>WWR</title>{items}</channel></rss>'.encode()
