"""Forms of the register: what officers type (``register``), what people ask about themselves, what officers answer."""

from congdoan.members.forms.register import (
    AdmitForm,
    EditForm,
    EndPositionForm,
    FilterForm,
    LeaveForm,
    PeriodForm,
    PositionForm,
    ReadmitForm,
    ReasonForm,
    TransferForm,
    written_birth,
)

__all__ = [
    "AdmitForm",
    "EditForm",
    "EndPositionForm",
    "FilterForm",
    "LeaveForm",
    "PeriodForm",
    "PositionForm",
    "ReadmitForm",
    "ReasonForm",
    "TransferForm",
    "written_birth",
]
