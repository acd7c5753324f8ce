"""The names by which things refer to one another."""

from typing import NewType

EventId = NewType("EventId", str)
ConversationId = NewType("ConversationId", str)
FollowupId = NewType("FollowupId", str)
InsertionId = NewType("InsertionId", str)
PhraseId = NewType("PhraseId", str)
ShiftId = NewType("ShiftId", str)
ClientName = NewType("ClientName", str)
