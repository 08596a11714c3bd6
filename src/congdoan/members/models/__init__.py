"""People, their memberships in time, their requests and consents, and the records kept about the register itself."""

from congdoan.members import classification
from congdoan.members.models.imports import DuplicateProposal, ImportRow, ImportRun
from congdoan.members.models.memberships import (
    COUNTED,
    HeadcountSnapshot,
    Membership,
    MembershipEvent,
    Transfer,
    active_on,
)
from congdoan.members.models.merging import Merge
from congdoan.members.models.people import IDENTITY, MemberCard, MemberPosition, Person
from congdoan.members.models.records import Export, ReadEntry, RetentionRule, Tombstone
from congdoan.members.models.requests import Consent, ConsentText, CorrectionRequest, DataRequest, Purpose

__all__ = [
    "COUNTED",
    "IDENTITY",
    "Consent",
    "ConsentText",
    "CorrectionRequest",
    "DataRequest",
    "DuplicateProposal",
    "Export",
    "HeadcountSnapshot",
    "ImportRow",
    "ImportRun",
    "MemberCard",
    "MemberPosition",
    "Membership",
    "MembershipEvent",
    "Merge",
    "Person",
    "Purpose",
    "ReadEntry",
    "RetentionRule",
    "Tombstone",
    "Transfer",
    "active_on",
]

classification.mark(
    [
        Consent, ConsentText, CorrectionRequest, DataRequest, DuplicateProposal, Export, HeadcountSnapshot, ImportRow,
        ImportRun, MemberCard, MemberPosition, Membership, MembershipEvent, Merge, Person, ReadEntry, RetentionRule, Tombstone,
        Transfer,
    ]
)  # fmt: skip
