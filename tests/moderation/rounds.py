"""How often the tests of chance and of haste try again.

`NEWSROOM_ROUNDS=200` asks for what F15 and F16 do: 200 races, 1,000 interleavings.
"""

import os

ROUNDS = int(os.environ.get("NEWSROOM_ROUNDS", "2"))
INTERLEAVINGS = max(200, 5 * ROUNDS)
OPERATIONS = max(400, 100 * ROUNDS)
"""What happens to comments before figures are counted again; 20,000 at 200 rounds."""
