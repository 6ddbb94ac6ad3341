@echo off
rem Installs Sverka @VERSION@ without network: install.cmd [FOLDER]
rem This file is ASCII alone, so that no code page can break it; Russian texts come from install.py and
rem from no-python.txt. A Python of your own: set SVERKA_PYTHON=C:\path\python.exe
rem No pause at the end: set SVERKA_NO_PAUSE=1
setlocal disabledelayedexpansion
set "PYTHONHOME="
set "PYTHONPATH="
set "PYTHONSTARTUP="
set "HERE=%~dp0"
set "CODE=2"
if not exist "%HERE%install.py" goto broken
if defined SVERKA_PYTHON goto given
for %%V in (@PYTHONS@) do call :try_launcher %%V && goto launcher
call :try_plain python && goto plain
call :try_plain python3 && goto plain
goto none

:given
set "SVERKA_PYTHON=%SVERKA_PYTHON:"=%"
call :try_plain "%SVERKA_PYTHON%" || goto none
goto plain

:launcher
py -%FOUND% -I "%HERE%install.py" %*
set "CODE=%ERRORLEVEL%"
goto end

:plain
"%FOUND%" -I "%HERE%install.py" %*
set "CODE=%ERRORLEVEL%"
goto end

:none
for /f "tokens=2 delims=:." %%C in ('chcp') do set "PAGE=%%C"
chcp 65001 >nul
type "%HERE%no-python.txt"
chcp %PAGE% >nul
py -0p 2>nul
where python 2>nul
goto end

:broken
echo Unpack the whole archive first, then start install.cmd from the folder.
powershell -NoProfile -Command "Write-Host ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('@NOT_UNPACKED_BASE64@')))"
set "CODE=1"
goto end

:end
if not defined SVERKA_NO_PAUSE pause
exit /b %CODE%

:try_launcher
set "FOUND=%~1"
py -%FOUND% -I -c "@SUITS@" >nul 2>nul
exit /b %ERRORLEVEL%

:try_plain
set "FOUND=%~1"
"%FOUND%" -I -c "@SUITS@" >nul 2>nul
exit /b %ERRORLEVEL%
