"""Our constants against Apple's: a table of what the headers say, and on a Mac the frameworks themselves.

The values of AppKit, Foundation, CoreGraphics and HIServices were read from PyObjC 13.0's metadata
of the frameworks, those of Carbon and IOKit from the headers of the macOS SDK.
"""

import sys
from importlib import import_module

import pytest

from sidebar.platforms.macos import constants as ours

TABLE = [  # ours, Apple's name, its header, its value there
    (ours.NO_ERR, "noErr", "MacTypes.h", 0),
    (ours.EVENT_NOT_HANDLED_ERR, "eventNotHandledErr", "CarbonEventsCore.h", -9874),
    (ours.EVENT_CLASS_KEYBOARD, "kEventClassKeyboard", "CarbonEvents.h", 0x6B657962),
    (ours.EVENT_HOT_KEY_PRESSED, "kEventHotKeyPressed", "CarbonEvents.h", 5),
    (ours.EVENT_HOT_KEY_RELEASED, "kEventHotKeyReleased", "CarbonEvents.h", 6),
    (ours.EVENT_PARAM_DIRECT_OBJECT, "kEventParamDirectObject", "CarbonEvents.h", 0x2D2D2D2D),
    (ours.TYPE_EVENT_HOT_KEY_ID, "typeEventHotKeyID", "CarbonEvents.h", 0x686B6964),
    (ours.EVENT_HOT_KEY_EXCLUSIVE, "kEventHotKeyExclusive", "CarbonEvents.h", 1 << 0),
    (ours.CMD_KEY, "cmdKey", "Events.h", 1 << 8),
    (ours.SHIFT_KEY, "shiftKey", "Events.h", 1 << 9),
    (ours.OPTION_KEY, "optionKey", "Events.h", 1 << 11),
    (ours.CONTROL_KEY, "controlKey", "Events.h", 1 << 12),
    (ours.VK_COMMAND, "kVK_Command", "Events.h", 0x37),
    (ours.VK_SHIFT, "kVK_Shift", "Events.h", 0x38),
    (ours.VK_OPTION, "kVK_Option", "Events.h", 0x3A),
    (ours.VK_CONTROL, "kVK_Control", "Events.h", 0x3B),
    (ours.UC_KEY_ACTION_DISPLAY, "kUCKeyActionDisplay", "UnicodeUtilities.h", 3),
    (ours.UC_KEY_TRANSLATE_NO_DEAD_KEYS_MASK, "kUCKeyTranslateNoDeadKeysMask", "UnicodeUtilities.h", 1 << 0),
    (ours.NX_DEVICE_L_CTL_KEY_MASK, "NX_DEVICELCTLKEYMASK", "IOLLEvent.h", 0x1),
    (ours.NX_DEVICE_L_SHIFT_KEY_MASK, "NX_DEVICELSHIFTKEYMASK", "IOLLEvent.h", 0x2),
    (ours.NX_DEVICE_L_CMD_KEY_MASK, "NX_DEVICELCMDKEYMASK", "IOLLEvent.h", 0x8),
    (ours.NX_DEVICE_L_ALT_KEY_MASK, "NX_DEVICELALTKEYMASK", "IOLLEvent.h", 0x20),
]
FRAMEWORKS = [  # ours, PyObjC's module, Apple's name, its value in PyObjC 13.0's metadata
    (ours.CG_SESSION_EVENT_TAP, "Quartz", "kCGSessionEventTap", 1),
    (
        ours.CG_EVENT_SOURCE_STATE_COMBINED_SESSION_STATE,
        "Quartz",
        "kCGEventSourceStateCombinedSessionState",
        0,
    ),
    (ours.CG_EVENT_FLAG_MASK_SHIFT, "Quartz", "kCGEventFlagMaskShift", 131072),
    (ours.CG_EVENT_FLAG_MASK_CONTROL, "Quartz", "kCGEventFlagMaskControl", 262144),
    (ours.CG_EVENT_FLAG_MASK_ALTERNATE, "Quartz", "kCGEventFlagMaskAlternate", 524288),
    (ours.CG_EVENT_FLAG_MASK_COMMAND, "Quartz", "kCGEventFlagMaskCommand", 1048576),
    (ours.CG_WINDOW_LIST_OPTION_ON_SCREEN_ONLY, "Quartz", "kCGWindowListOptionOnScreenOnly", 1),
    (ours.CG_WINDOW_LIST_OPTION_INCLUDING_WINDOW, "Quartz", "kCGWindowListOptionIncludingWindow", 8),
    (ours.CG_WINDOW_LIST_EXCLUDE_DESKTOP_ELEMENTS, "Quartz", "kCGWindowListExcludeDesktopElements", 16),
    (ours.APPLICATION_ACTIVATION_POLICY_ACCESSORY, "AppKit", "NSApplicationActivationPolicyAccessory", 1),
    (ours.APPLICATION_ACTIVATE_IGNORING_OTHER_APPS, "AppKit", "NSApplicationActivateIgnoringOtherApps", 2),
    (ours.WINDOW_STYLE_MASK_NONACTIVATING_PANEL, "AppKit", "NSWindowStyleMaskNonactivatingPanel", 128),
    (
        ours.WINDOW_COLLECTION_BEHAVIOR_CAN_JOIN_ALL_SPACES,
        "AppKit",
        "NSWindowCollectionBehaviorCanJoinAllSpaces",
        1,
    ),
    (
        ours.WINDOW_COLLECTION_BEHAVIOR_MOVE_TO_ACTIVE_SPACE,
        "AppKit",
        "NSWindowCollectionBehaviorMoveToActiveSpace",
        2,
    ),
    (ours.WINDOW_COLLECTION_BEHAVIOR_STATIONARY, "AppKit", "NSWindowCollectionBehaviorStationary", 16),
    (
        ours.WINDOW_COLLECTION_BEHAVIOR_FULL_SCREEN_PRIMARY,
        "AppKit",
        "NSWindowCollectionBehaviorFullScreenPrimary",
        128,
    ),
    (
        ours.WINDOW_COLLECTION_BEHAVIOR_FULL_SCREEN_AUXILIARY,
        "AppKit",
        "NSWindowCollectionBehaviorFullScreenAuxiliary",
        256,
    ),
    (ours.NORMAL_WINDOW_LEVEL, "AppKit", "NSNormalWindowLevel", 0),
    (ours.FLOATING_WINDOW_LEVEL, "AppKit", "NSFloatingWindowLevel", 3),
    (ours.WINDOW_ABOVE, "AppKit", "NSWindowAbove", 1),
    (ours.PASTEBOARD_CONTENTS_CURRENT_HOST_ONLY, "AppKit", "NSPasteboardContentsCurrentHostOnly", 1),
    (ours.PASTEBOARD_ACCESS_BEHAVIOR_ALWAYS_ALLOW, "AppKit", "NSPasteboardAccessBehaviorAlwaysAllow", 2),
    (ours.STRING_TYPE, "AppKit", "NSPasteboardTypeString", "public.utf8-plain-text"),
    (ours.PNG_TYPE, "AppKit", "NSPasteboardTypePNG", "public.png"),
    (ours.FILE_TYPE, "AppKit", "NSPasteboardTypeFileURL", "public.file-url"),
    (
        ours.NOTIFICATION_SUSPENSION_BEHAVIOR_DELIVER_IMMEDIATELY,
        "Foundation",
        "NSNotificationSuspensionBehaviorDeliverImmediately",
        4,
    ),
    (ours.AX_ERROR_SUCCESS, "HIServices", "kAXErrorSuccess", 0),
    (ours.AX_ERROR_INVALID_UI_ELEMENT, "HIServices", "kAXErrorInvalidUIElement", -25202),
    (ours.AX_ERROR_ATTRIBUTE_UNSUPPORTED, "HIServices", "kAXErrorAttributeUnsupported", -25205),
    (
        ours.AX_ERROR_NOTIFICATION_ALREADY_REGISTERED,
        "HIServices",
        "kAXErrorNotificationAlreadyRegistered",
        -25209,
    ),
    (ours.AX_ERROR_API_DISABLED, "HIServices", "kAXErrorAPIDisabled", -25211),
    (ours.AX_VALUE_CG_POINT_TYPE, "HIServices", "kAXValueCGPointType", 1),
    (ours.AX_VALUE_CG_SIZE_TYPE, "HIServices", "kAXValueCGSizeType", 2),
    (ours.AX_VALUE_CF_RANGE_TYPE, "HIServices", "kAXValueCFRangeType", 4),
    (ours.AX_FRONTMOST, "HIServices", "kAXFrontmostAttribute", "AXFrontmost"),
    (ours.AX_FOCUSED_WINDOW, "HIServices", "kAXFocusedWindowAttribute", "AXFocusedWindow"),
    (ours.AX_FOCUSED_UI_ELEMENT, "HIServices", "kAXFocusedUIElementAttribute", "AXFocusedUIElement"),
    (ours.AX_WINDOWS, "HIServices", "kAXWindowsAttribute", "AXWindows"),
    (ours.AX_WINDOW, "HIServices", "kAXWindowAttribute", "AXWindow"),
    (ours.AX_TITLE, "HIServices", "kAXTitleAttribute", "AXTitle"),
    (ours.AX_ROLE, "HIServices", "kAXRoleAttribute", "AXRole"),
    (ours.AX_VALUE, "HIServices", "kAXValueAttribute", "AXValue"),
    (ours.AX_MAIN, "HIServices", "kAXMainAttribute", "AXMain"),
    (ours.AX_MINIMIZED, "HIServices", "kAXMinimizedAttribute", "AXMinimized"),
    (ours.AX_POSITION, "HIServices", "kAXPositionAttribute", "AXPosition"),
    (ours.AX_SIZE, "HIServices", "kAXSizeAttribute", "AXSize"),
    (ours.AX_SELECTED_TEXT, "HIServices", "kAXSelectedTextAttribute", "AXSelectedText"),
    (ours.AX_SELECTED_TEXT_RANGE, "HIServices", "kAXSelectedTextRangeAttribute", "AXSelectedTextRange"),
    (ours.AX_RAISE, "HIServices", "kAXRaiseAction", "AXRaise"),
    (ours.AX_TEXT_AREA, "HIServices", "kAXTextAreaRole", "AXTextArea"),
    (ours.AX_TEXT_FIELD, "HIServices", "kAXTextFieldRole", "AXTextField"),
    (
        ours.AX_FOCUSED_WINDOW_CHANGED,
        "HIServices",
        "kAXFocusedWindowChangedNotification",
        "AXFocusedWindowChanged",
    ),
    (ours.AX_MAIN_WINDOW_CHANGED, "HIServices", "kAXMainWindowChangedNotification", "AXMainWindowChanged"),
    (ours.AX_WINDOW_MOVED, "HIServices", "kAXWindowMovedNotification", "AXWindowMoved"),
    (ours.AX_WINDOW_RESIZED, "HIServices", "kAXWindowResizedNotification", "AXWindowResized"),
    (ours.AX_WINDOW_MINIATURIZED, "HIServices", "kAXWindowMiniaturizedNotification", "AXWindowMiniaturized"),
    (
        ours.AX_WINDOW_DEMINIATURIZED,
        "HIServices",
        "kAXWindowDeminiaturizedNotification",
        "AXWindowDeminiaturized",
    ),
    (ours.AX_TITLE_CHANGED, "HIServices", "kAXTitleChangedNotification", "AXTitleChanged"),
    (ours.AX_UI_ELEMENT_DESTROYED, "HIServices", "kAXUIElementDestroyedNotification", "AXUIElementDestroyed"),
]
AGREED = {"AX_MANUAL_ACCESSIBILITY", "TRANSIENT_TYPE", "AUTO_GENERATED_TYPE", "REMOTE_TYPE"}
"""In no header: what programs agreed on among themselves."""


@pytest.mark.parametrize(("own", "name", "header", "value"), TABLE, ids=[row[1] for row in TABLE])
def test_is_what_the_header_says(own: int, name: str, header: str, value: int) -> None:
    assert own == value, f"{name} of {header}"


@pytest.mark.parametrize(("own", "module", "name", "value"), FRAMEWORKS, ids=[row[2] for row in FRAMEWORKS])
def test_is_what_the_framework_says(own: object, module: str, name: str, value: object) -> None:
    assert own == value, f"{name} of {module}"
    if sys.platform == "darwin":
        assert own == getattr(import_module(module), name)


def test_no_constant_goes_without_its_source() -> None:
    names = {name for name in vars(ours) if name.isupper()} - AGREED
    assert len(names) == len(TABLE) + len(FRAMEWORKS)
