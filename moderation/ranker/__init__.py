"""A linear model of moderators' decisions, which orders their queue and nothing else.

No Django, no database; numpy is imported by the functions that need it, never when a
module is. `moderation.ranking` joins this to the newspaper's data.
"""
