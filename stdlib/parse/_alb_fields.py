"""The fields of an AWS load balancer's access log in their order, and how each is written."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple


class Form(Enum):
    """How a field is written: letters of a set (first in the entry or not), a number, a word, quoted, or a list."""

    FIRST = auto()
    LETTERS = auto()
    FLOAT = auto()
    INTEGER = auto()
    WORD = auto()
    QUOTED = auto()
    LIST = auto()


class Field(NamedTuple):
    name: str
    form: Form
    letters: str = ""


_ADDRESS = "0-9a-f.:-"
_TIME = "0-9.:TZ-"
FIELDS = (
    Field("type", Form.FIRST, "a-z0-9"),
    Field("timestamp", Form.LETTERS, _TIME),
    Field("elb", Form.WORD),
    Field("client_host", Form.LETTERS, _ADDRESS),
    Field("target_host", Form.LETTERS, _ADDRESS),
    Field("request_processing_time", Form.FLOAT, "0-9.-"),
    Field("target_processing_time", Form.FLOAT, "0-9.-"),
    Field("response_processing_time", Form.FLOAT, "0-9.-"),
    Field("elb_status_code", Form.LETTERS, "0-9-"),
    Field("target_status_code", Form.LETTERS, "0-9-"),
    Field("received_bytes", Form.INTEGER, "0-9-"),
    Field("sent_bytes", Form.INTEGER, "0-9-"),
    Field("request", Form.QUOTED),
    Field("user_agent", Form.QUOTED),
    Field("ssl_cipher", Form.WORD),
    Field("ssl_protocol", Form.WORD),
    Field("target_group_arn", Form.WORD),
    Field("trace_id", Form.QUOTED),
    Field("domain_name", Form.QUOTED),
    Field("chosen_cert_arn", Form.QUOTED),
    Field("matched_rule_priority", Form.LETTERS, "0-9-"),
    Field("request_creation_time", Form.LETTERS, _TIME),
    Field("actions_executed", Form.QUOTED),
    Field("redirect_url", Form.QUOTED),
    Field("error_reason", Form.QUOTED),
    Field("target_port_list", Form.LIST, _ADDRESS),
    Field("target_status_code_list", Form.LIST, "0-9"),
    Field("classification", Form.QUOTED),
    Field("classification_reason", Form.QUOTED),
)
