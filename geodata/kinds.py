"""The closed vocabularies: kinds of service, tiers, status, demand and lunch outlets.

One truth for label, colour and order: legend, filters, forms, API and docs all read from here.
"""

from dataclasses import dataclass
from enum import StrEnum


class Tier(StrEnum):
    """The level of the 1+44+N+X system a service belongs to."""

    CENTRE = "1"
    HUB = "44"
    STATION = "N"
    OTHER = "X"
    NONE = "-"


class Kind(StrEnum):
    """What a service point is; the members stand in the order legends use."""

    SERVICE_CENTRE = "service_centre"
    SERVICE_HUB = "service_hub"
    SERVICE_STATION = "service_station"
    OUTDOOR_STATION = "outdoor_station"
    REST_ROOM = "rest_room"
    HEALTH_POINT = "health_point"
    FITNESS_STATION = "fitness_station"
    MOTHERS_ROOM = "mothers_room"
    READING_ROOM = "reading_room"
    DRIVERS_HOME = "drivers_home"
    TRAINING_POINT = "training_point"


@dataclass(frozen=True, slots=True)
class KindFacts:
    """How a kind is called and drawn. `colour` is its silhouette; the glyph on it is white."""

    label: str
    short: str
    english: str
    tier: Tier
    colour: str


KINDS: dict[Kind, KindFacts] = {
    Kind.SERVICE_CENTRE: KindFacts(
        "区级职工服务中心", "服务中心", "District service centre", Tier.CENTRE, "#1F2F5C"
    ),
    Kind.SERVICE_HUB: KindFacts(
        "街镇（开发区）职工服务总站", "服务总站", "Service hub", Tier.HUB, "#3350A6"
    ),
    Kind.SERVICE_STATION: KindFacts(
        "楼宇、园区、商圈职工服务站", "服务站", "Service station", Tier.STATION, "#1C78B5"
    ),
    Kind.OUTDOOR_STATION: KindFacts(
        "户外职工驿站、爱心接力站", "户外驿站", "Outdoor workers' station", Tier.OTHER, "#C9590C"
    ),
    Kind.REST_ROOM: KindFacts("职工工间休息室", "工间休息室", "Rest room", Tier.OTHER, "#5E4C00"),
    Kind.HEALTH_POINT: KindFacts(
        "园区（楼宇）健康服务点", "健康服务点", "Health point", Tier.OTHER, "#08633F"
    ),
    Kind.FITNESS_STATION: KindFacts(
        "职工健身驿站（健身角）", "健身驿站", "Fitness station", Tier.OTHER, "#0A8296"
    ),
    Kind.MOTHERS_ROOM: KindFacts(
        "爱心妈咪小屋", "妈咪小屋", "Mothers' room", Tier.OTHER, "#C2347F"
    ),
    Kind.READING_ROOM: KindFacts("职工书屋", "职工书屋", "Reading room", Tier.OTHER, "#8652C8"),
    Kind.DRIVERS_HOME: KindFacts(
        "工会司机之家", "司机之家", "Drivers' home", Tier.OTHER, "#55606E"
    ),
    Kind.TRAINING_POINT: KindFacts(
        "轨交现场培训点", "轨交培训点", "Rail training point", Tier.NONE, "#7A2416"
    ),
}


class Status(StrEnum):
    """Where a service point stands in its life."""

    SURVEYED = "surveyed"
    DECLARED = "declared"
    DISTRICT_REVIEWED = "district_reviewed"
    CITY_APPROVED = "city_approved"
    BUILDING = "building"
    ACCEPTED = "accepted"
    PLAQUED = "plaqued"
    RECTIFYING = "rectifying"
    DELISTED = "delisted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    MOVED = "moved"


STATUS_LABELS: dict[Status, tuple[str, str]] = {
    Status.SURVEYED: ("已摸排", "Surveyed"),
    Status.DECLARED: ("已申报", "Declared"),
    Status.DISTRICT_REVIEWED: ("区局已审", "Reviewed by district"),
    Status.CITY_APPROVED: ("市级已批", "Approved by city"),
    Status.BUILDING: ("建设中", "Being built"),
    Status.ACCEPTED: ("已验收", "Accepted"),
    Status.PLAQUED: ("已挂牌", "In service"),
    Status.RECTIFYING: ("整改中", "Under rectification"),
    Status.DELISTED: ("已摘牌", "Delisted"),
    Status.REJECTED: ("未通过", "Rejected"),
    Status.WITHDRAWN: ("已撤回", "Withdrawn"),
    Status.CLOSED: ("已关闭", "Closed"),
    Status.MOVED: ("已搬迁", "Moved"),
}


class Works(StrEnum):
    """What a declaration asks money for."""

    NEW = "new"
    UPGRADE = "upgrade"


class SiteKind(StrEnum):
    """What a demand site is."""

    PARK = "park"
    BUILDING = "building"
    MALL = "mall"


SITE_KIND_LABELS: dict[SiteKind, tuple[str, str]] = {
    SiteKind.PARK: ("园区", "Park"),
    SiteKind.BUILDING: ("楼宇", "Building"),
    SiteKind.MALL: ("商圈", "Mall"),
}


class Clinic(StrEnum):
    """What medical room a demand site has of its own; POOR counts as none in the gap."""

    NONE = "none"
    POOR = "poor"
    ADEQUATE = "adequate"
    UNKNOWN = "unknown"


class OutletKind(StrEnum):
    """Where workers can get lunch."""

    STAFF_CANTEEN = "staff_canteen"
    COMMUNITY_CANTEEN = "community_canteen"
    RESTAURANT = "restaurant"
    COMPANY_CANTEEN = "company_canteen"
    CABINET = "cabinet"
    DELIVERY = "delivery"
    SHARED_TABLE = "shared_table"


OUTLET_LABELS: dict[OutletKind, tuple[str, str]] = {
    OutletKind.STAFF_CANTEEN: ("职工食堂", "Staff canteen"),
    OutletKind.COMMUNITY_CANTEEN: ("社区食堂", "Community canteen"),
    OutletKind.RESTAURANT: ("餐饮", "Restaurant"),
    OutletKind.COMPANY_CANTEEN: ("大型企业食堂", "Company canteen"),
    OutletKind.CABINET: ("智能取餐柜", "Meal cabinet"),
    OutletKind.DELIVERY: ("送餐", "Delivery"),
    OutletKind.SHARED_TABLE: ("搭伙", "Guest places in another canteen"),
}
