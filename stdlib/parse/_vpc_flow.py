"""The fields of an AWS VPC flow log."""

from __future__ import annotations

from typing import TypedDict

from dtl.types.annotations import Integer, Null, String

INTEGERS = frozenset((
    "bytes", "dstport", "encryption_status", "end", "packets", "protocol", "srcport", "start", "tcp_flags",
    "traffic_path", "version",
))  # fmt: skip
TEXTS = frozenset((
    "account_id", "action", "asg_tag", "asg_tag_2", "az_id", "dstaddr", "ecs_cluster_arn", "ecs_cluster_name",
    "ecs_container_id", "ecs_container_instance_arn", "ecs_container_instance_id", "ecs_second_container_id",
    "ecs_service_name", "ecs_task_arn", "ecs_task_definition_arn", "ecs_task_id", "flow_direction",
    "instance_id", "instance_tag", "instance_tag_2", "interface_id", "interface_tag", "interface_tag_2",
    "interface_type", "log_status", "next_hop_az_id", "next_hop_interface_id", "next_hop_interface_type",
    "next_hop_subnet_id", "next_hop_vpc_id", "pkt_dst_aws_service", "pkt_dstaddr", "pkt_src_aws_service",
    "pkt_srcaddr", "region", "reject_reason", "resource_id", "srcaddr", "sublocation_id", "sublocation_type",
    "subnet_id", "type", "vpc_id",
))  # fmt: skip
DEFAULT_FORMAT = (
    "version account_id interface_id srcaddr dstaddr srcport dstport protocol packets bytes start end action log_status"
)

FlowLog = TypedDict(  # type: ignore[misc]
    "FlowLog", {name: Integer | Null for name in INTEGERS} | {name: String | Null for name in TEXTS}
)
