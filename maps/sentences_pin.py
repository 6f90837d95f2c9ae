"""The sentences of the page a person on the spot pins an address with, as (Chinese, English)."""

PIN: dict[str, tuple[str, str]] = {
    "pin_title": ("请在门口定个位", "Mark the door on the spot"),
    "pin_intro": (
        "站到这个地方的门口，按“定位我”，看清位置再提交。位置只用来更正地图，不记您是谁。",
        "Stand at the door, press “Locate me”, look at the pin and send it. The position only "
        "corrects the map; who you are is not kept.",
    ),
    "pin_locate": ("定位我", "Locate me"),
    "pin_note": (
        "说明（可不填，请不要写姓名和电话）",
        "Note (optional; no names or phone numbers)",
    ),
    "pin_note_hint": ("例如：从东门进，二楼", "For example: east gate, second floor"),
    "pin_sure": ("我看过了，门口就在图上这个位置", "I have looked: the door is where the pin is"),
    "pin_send": ("提交位置", "Send the position"),
    "pin_no_scripts": ("这一页要开启脚本才能定位。", "This page needs scripts to find you."),
    "pin_done_title": ("收到了，谢谢", "Received, thank you"),
    "pin_done": (
        "位置已经更新，误差约 {metres} 米。这个链接用过就作废了，可以关掉这一页。",
        "The position is updated, within about {metres} m. This link is used up; "
        "you can close the page.",
    ),
    "pin_fault_sure": (
        "这个位置没有精确定位（误差超过 50 米，或者动过图钉）。请看清后勾选确认再提交。",
        "This position is not precise (over 50 m, or the pin was moved). "
        "Please look, tick the box and send again.",
    ),
    "pin_fault_where": (
        "还没有位置：请先定位，或者在图上点一下。",
        "Locate yourself or tap the map.",
    ),
    "pin_fault_outside": (
        "这个位置不在本市范围以内，没有采用。",
        "That position is outside the city and was not taken.",
    ),
    "js_pin_marker": ("图钉，可以拖动", "Pin; drag it"),
    "js_pin_looking": ("正在定位……", "Looking for you…"),
    "js_pin_found": ("定位好了，误差约 {metres} 米", "Found, within about {metres} m"),
    "js_pin_rough": (
        "定位误差约 {metres} 米，超过 50 米：到室外再试，或者把图钉拖到门口后勾选确认",
        "Only within about {metres} m: try outdoors, or drag the pin to the door and tick the box",
    ),
    "js_pin_dragged": (
        "图钉已移到新位置，请看清后勾选确认",
        "The pin was moved; look closely and tick the box",
    ),
    "js_pin_none": (
        "定位不了。请允许定位后再试，或者在图上点门口的位置",
        "No position. Allow it and try again, or tap the door on the map",
    ),
}
