"""All that a screening says, for programs: spans in code points, end exclusive."""

from typing import Any

from moderation.engine import Screening


def detailed_json(screening: Screening) -> dict[str, Any]:
    """Every field of each match, its explanation in every language there is."""
    return {
        "flags": [
            {
                "rule": m.rule,
                "rule_version": m.rule_version,
                "category": str(m.category),
                "severity": str(m.severity),
                "start": m.start,
                "end": m.end,
                "text": m.text,
                "term": m.term,
                "variant": m.variant,
                "target": str(m.target),
                "explanation": dict(m.explanation),
            }
            for m in screening.matches
        ],
        "action": str(screening.action),
        "incomplete": list(screening.incomplete),
        "languages": list(screening.languages),
    }
