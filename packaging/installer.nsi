; The installer for Windows: per user, without an administrator, Chinese and English.
;
; packaging/build_windows.py calls makensis with TARGET (amd64-unicode where NSIS has it), VERSION,
; PROGRAM (the folder PyInstaller made), ICON and OUTPUT.
;
;   setup.exe /S               installs silently
;   setup.exe /S /AUTOSTART    and starts the sidebar at login
;   setup.exe /D=C:\Folder     elsewhere; the last argument, without quotes
;   uninstall.exe /S           uninstalls silently and keeps the user's data
;
; Exit status: 0 done, 1 cancelled, 2 not done (a running sidebar did not end).

Unicode true
Target ${TARGET}
SetCompressor /SOLID lzma
RequestExecutionLevel user
ManifestDPIAware true

!include FileFunc.nsh
!include LogicLib.nsh
!include MUI2.nsh
!include Sections.nsh
!include WinVer.nsh

!define NAME "Shop Sidebar"
!define ID "ShopSidebar"
!define WINDOWED "ShopSidebar.exe"
!define COMMAND "sidebar.exe"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"
!define RUN_KEY "Software\Microsoft\Windows\CurrentVersion\Run"
!define SHORTCUT "$SMPROGRAMS\${NAME}.lnk"
!define DATA "$LOCALAPPDATA\shop-sidebar"

Name "${NAME} ${VERSION}"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\${ID}"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
BrandingText "${NAME} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_COMPONENTSPAGE_NODESC
!define MUI_FINISHPAGE_NOAUTOCLOSE
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOWED}"

!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "English"

LangString PROGRAM_SECTION ${LANG_SIMPCHINESE} "侧栏 ${NAME}"
LangString PROGRAM_SECTION ${LANG_ENGLISH} "${NAME}"
LangString AUTOSTART_SECTION ${LANG_SIMPCHINESE} "登录时启动"
LangString AUTOSTART_SECTION ${LANG_ENGLISH} "Start at login"
LangString TOO_OLD ${LANG_SIMPCHINESE} "需要 Windows 10 或更新的系统。"
LangString TOO_OLD ${LANG_ENGLISH} "This needs Windows 10 or newer."
LangString STILL_RUNS ${LANG_SIMPCHINESE} "侧栏还在运行。请退出它，然后重试。"
LangString STILL_RUNS ${LANG_ENGLISH} "The sidebar is still running. Quit it, then try again."
LangString DELETE_DATA ${LANG_SIMPCHINESE} "话术、设置和历史记录也要删除吗？$\n${DATA}$\n$\n删除后无法恢复。"
LangString DELETE_DATA ${LANG_ENGLISH} \
    "Delete your phrases, settings and history, too?$\n${DATA}$\n$\nThey cannot be brought back."

VIProductVersion "${VERSION}.0"
!macro DESCRIBE language
    VIAddVersionKey /LANG=${language} ProductName "${NAME}"
    VIAddVersionKey /LANG=${language} ProductVersion "${VERSION}"
    VIAddVersionKey /LANG=${language} FileVersion "${VERSION}"
    VIAddVersionKey /LANG=${language} FileDescription "${NAME} Setup"
    VIAddVersionKey /LANG=${language} LegalCopyright ""
!macroend
!insertmacro DESCRIBE ${LANG_SIMPCHINESE}
!insertmacro DESCRIBE ${LANG_ENGLISH}

Var WasRunning

; Ask a running sidebar to end, as its menu does, and wait; what runs cannot be replaced.
!macro END_RUNNING un
Function ${un}EndRunning
    StrCpy $WasRunning 0
    ${IfNot} ${FileExists} "$INSTDIR\${WINDOWED}"
        Return
    ${EndIf}
    again:
    nsExec::Exec 'taskkill /IM ${WINDOWED}'
    Pop $0
    ${If} $0 == 0
        StrCpy $WasRunning 1
    ${EndIf}
    ${For} $1 1 50
        ClearErrors
        FileOpen $2 "$INSTDIR\${WINDOWED}" a
        ${IfNot} ${Errors}
            FileClose $2
            FileOpen $2 "$INSTDIR\${COMMAND}" a
            ${IfNot} ${Errors}
                FileClose $2
                Return
            ${EndIf}
        ${EndIf}
        Sleep 200
    ${Next}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION $(STILL_RUNS) /SD IDCANCEL IDRETRY again
    SetErrorLevel 2
    Quit
FunctionEnd
!macroend
!insertmacro END_RUNNING ""
!insertmacro END_RUNNING "un."

Section $(PROGRAM_SECTION) PROGRAM_ID
    SectionIn RO
    Call EndRunning
    RMDir /r "$INSTDIR\_internal"  ; what a newer version no longer has must not stay
    SetOutPath "$INSTDIR"
    !cd "${PROGRAM}"  ; the two systems NSIS runs on part folders differently
    File /r "*"
    WriteUninstaller "$INSTDIR\uninstall.exe"
    CreateShortcut "${SHORTCUT}" "$INSTDIR\${WINDOWED}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${WINDOWED}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${NAME}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
    ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" $0
SectionEnd

Section /o $(AUTOSTART_SECTION) AUTOSTART_ID
SectionEnd

Section "-settle"
    ${If} ${SectionIsSelected} ${AUTOSTART_ID}
        WriteRegStr HKCU "${RUN_KEY}" "${ID}" '"$INSTDIR\${WINDOWED}"'
    ${Else}
        DeleteRegValue HKCU "${RUN_KEY}" "${ID}"
    ${EndIf}
    ${If} ${Silent}
    ${AndIf} $WasRunning == 1
        Exec '"$INSTDIR\${WINDOWED}"'
    ${EndIf}
SectionEnd

Function .onInit
    ${IfNot} ${AtLeastWin10}
        MessageBox MB_OK|MB_ICONSTOP $(TOO_OLD) /SD IDOK
        SetErrorLevel 2
        Quit
    ${EndIf}
    ; An upgrade keeps what was chosen before.
    ReadRegStr $0 HKCU "${RUN_KEY}" "${ID}"
    ${GetParameters} $1
    ClearErrors
    ${GetOptions} $1 "/AUTOSTART" $2
    ${IfNot} ${Errors}
    ${OrIf} $0 != ""
        !insertmacro SelectSection ${AUTOSTART_ID}
    ${EndIf}
FunctionEnd

Section "Uninstall"
    Call un.EndRunning
    RMDir /r "$INSTDIR\_internal"
    Delete "$INSTDIR\${WINDOWED}"
    Delete "$INSTDIR\${COMMAND}"
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"  ; unless somebody keeps things of their own there
    Delete "${SHORTCUT}"
    DeleteRegKey HKCU "${UNINSTALL_KEY}"
    DeleteRegValue HKCU "${RUN_KEY}" "${ID}"
    ${If} ${FileExists} "${DATA}\*.*"
        MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 $(DELETE_DATA) /SD IDNO IDNO kept
        RMDir /r "${DATA}"
        kept:
    ${EndIf}
SectionEnd
