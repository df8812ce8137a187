"""Cues: small wordings that tell codes apart whatever the subject. A plan, a price, a doubt, a habit.

They are English, as the training data are. Sentences in other languages simply show few of them.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

CUES = {
    "speaker": r"\bi\b",
    "speaker's group": r"\b(we|our|us)\b",
    "speaker's own": r"\bmy\b",
    "others": r"\b(they|their|them|he|she|his|her)\b",
    "somebody in general": r"\byou\b",
    "tool": r"\b(it|ai|tool|tools|software|system|app)\b",
    "past": r"\b(was|were|did|had|used to|\w+ed)\b",
    "plan": r"\b(will|going to|gonna|plan|plans|planning|next|soon|upcoming|scheduled)\b|'ll\b",
    "wish": r"\b(wish|hope|want|wanted|goal|aim|dream|ideally|would like|would love)\b|'d (like|love)\b",
    "negation": r"n't\b|\b(no|not|never|cannot|nothing|nobody)\b",
    "money": r"[$€£]|\b(costs?|price\w*|pay|paid|money|budget\w*|cheap\w*|expensive|afford|invest\w*|revenue|"
    r"funding)\b",
    "number": r"\d|\b(one|two|three|four|five|six|ten|twenty|hundred|thousand|million|percent)\b",
    "comparison": r"\b(better|best|worse|more|less|than|rather|prefer|instead|versus)\b",
    "use": r"\b(use|used|using|uses)\b",
    "state": r"\b(have|has) (been|a|an|to)\b",
    "condition": r"\b(if|when|unless|until|depends|depending)\b",
    "reason": r"\b(because|since|so that|that's why)\b",
    "feeling": r"\b(feel|felt|afraid|worr|fear|stress|anxious|nervous|frustrat|overwhelm|pressure)\w*",
    "praise": r"\b(great|good|helpful|excellent|amazing|satisf|impress|useful|happy|love|easier|faster)\w*",
    "trouble": r"\b(bad|wrong|error|mistake|fail|struggl|difficult|hard|problem|issue|annoy|slow|inaccura|manual)\w*",
    "stakeholder": r"\b(boss|manager|company|team|colleague|cowork|client|customer|legal|policy|board|finance|"
    r"management|director|procurement|partner)\w*",
    "opinion": r"\b(think|believe|guess|suppose|opinion|feel like)\b",
    "role": r"\bi(?:'m| am| work| run| own| teach| manage)\b",
    "habit": r"\b(always|usually|often|sometimes|every|daily|weekly|monthly|once|typically|generally)\b",
    "trust": r"\b(trust|rely|confident|comfortable|skeptic|wary|doubt|hesita|reluctan)\w*",
    "future": r"\b(future|eventually|someday|evolv|continue|ahead)\w*",
    "possibility": r"\b(could|would|should|might|may|can|must)\b",
    "question": r"\?",
    "duration": r"\b(years?|months?|weeks?|days?|hours?)\b",
    "duty": r"\b(need|have) to\b|\b(required|requirement|mandatory|deadline|accountab\w*|responsib\w*)\b",
    "order of service": r"\b(email|phone|call|reply|respond\w*|answer\w*|support|contact|meeting|update)s?\b",
    "test": r"\b(if|once|when)\b.*\b(success|work(?:s|ed)|done|win|drops?|down|under|below|at least|measure\w*)\b",
}
PATTERNS = [re.compile(pattern) for pattern in CUES.values()]
COLUMNS = len(PATTERNS) + 2


def cues(texts: Sequence[str]) -> NDArray[np.float32]:
    """One column a cue (1 where it stands in the text), then the logarithm of the words and of the commas."""
    rows = [_cues(text.lower().replace("’", "'")) for text in texts]
    return np.array(rows, dtype=np.float32).reshape(len(texts), COLUMNS)


def _cues(text: str) -> list[float]:
    found = [float(pattern.search(text) is not None) for pattern in PATTERNS]
    return [*found, np.log1p(len(text.split())), np.log1p(text.count(","))]
