; my hotstrings
#Hotstring EndChars -()
:*:btw::by the way{!}  ; said often
::sig::
(
Kind regards,
Customer service
)
:R:raw::{keep} `n this
::two::first`nsecond{Enter}third{Left 3}
:X:calc::Run("calc.exe")
::fun::
{
    MsgBox "hi"
}
^j::Send "x"
