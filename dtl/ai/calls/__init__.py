"""Calls: questions sorted and packed into them, the pace at which they are sent, and what follows a refusal."""
