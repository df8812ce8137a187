"""Strategy: what to do with a study's personas, and why: one verb a file, `advise` tells them in order.

grounds → coverage, merging → payoff (judging, worth) → crm_patterns → diversity, saturation
        → next_questions → readiness → advise
"""
