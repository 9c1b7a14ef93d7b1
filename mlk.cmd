@echo off
rem Starts mlk on Windows: finds a JDK 25, builds on first use. The practice cluster runs pods as processes of a Unix-like system;
rem on Windows mlk works with real clusters, and with the practice cluster inside WSL.
setlocal
set "here=%~dp0"
set "dist=%here%cli\target\dist"
if exist "%here%lib\build-id" set "dist=%here%"
set "jdk=%MLK_JDK%"
if not defined jdk if defined JAVA_HOME findstr /r /c:"JAVA_VERSION=.2[5-9]" "%JAVA_HOME%\release" >nul 2>&1 && set "jdk=%JAVA_HOME%"
if not defined jdk for /d %%d in ("%ProgramFiles%\Eclipse Adoptium\jdk-2*" "%ProgramFiles%\Java\jdk-2*" "%ProgramFiles%\Microsoft\jdk-2*") do findstr /r /c:"JAVA_VERSION=.2[5-9]" "%%~d\release" >nul 2>&1 && set "jdk=%%~d"
if not defined jdk (
  echo mlk needs a JDK 25 or newer, and none was found. 1>&2
  echo Looked at MLK_JDK, JAVA_HOME and the Program Files folders. 1>&2
  echo Next: winget install EclipseAdoptium.Temurin.25.JDK, or set MLK_JDK to its folder. 1>&2
  exit /b 4
)
if not exist "%dist%\lib\build-id" (
  echo mlk: building, first use ... 1>&2
  set "JAVA_HOME=%jdk%"
  call mvn -q -B -ntp -DskipTests -Dquick -f "%here%pom.xml" package 1>&2 || exit /b 70
)
set JAVA_TOOL_OPTIONS=
set JDK_JAVA_OPTIONS=
"%jdk%\bin\java" -Xlog:disable -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:-AOTReplayTraining -XX:ArchiveRelocationMode=0 -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData --enable-native-access=ALL-UNNAMED "-Dmlk.dist=%dist%" "-Dmlk.jdk=%jdk%" -cp "%dist%\lib\mlk.jar" dev.mlk.Mlk %*
exit /b %ERRORLEVEL%
