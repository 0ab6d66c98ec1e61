# responder process 1: lists processes, or ends one that is still the one meant. It is ended by the handle that was looked at.
# Its values come in base64.
param($mode, $pid_, $image, $start)
$ErrorActionPreference = 'Stop'
function Text($b) { [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($b)) }
function B64($t) { [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes([string]$t)) }
function Ms($d) { ([DateTimeOffset]$d).ToUnixTimeMilliseconds() }
$mode = Text $mode
if ($mode -eq 'look') {
  foreach ($p in (Get-CimInstance Win32_Process)) {
    $image = $p.ExecutablePath; if (-not $image) { $image = $p.Name }
    $user = ''; try { $o = Invoke-CimMethod -InputObject $p -MethodName GetOwner; if ($o.User) { $user = "$($o.Domain)\$($o.User)" } } catch { }
    $start = '-'; if ($p.CreationDate) { $start = Ms $p.CreationDate }
    "proc`t$($p.ProcessId)`t$($p.ParentProcessId)`t$(B64 $image)`t$(B64 $p.CommandLine)`t$(B64 $user)`t$start"
  }
  "end`tok"; return
}
$id = [int](Text $pid_); $want = Text $image; $began = Text $start
try { $p = [Diagnostics.Process]::GetProcessById($id); [void]$p.Handle } catch { "end`tabsent"; return }
$path = $p.MainModule.FileName; $ms = Ms $p.StartTime
"proc`t$id`t0`t$(B64 $path)`t`t`t$ms"
$same = ($path -eq $want) -or (-not $want.Contains('\') -and ([IO.Path]::GetFileName($path) -eq $want))
if (-not $same -or ($began -ne '-' -and [Math]::Abs($ms - [long]$began) -ge 1000)) { "end`tother"; return }
$p.Kill(); if ($p.WaitForExit(10000)) { "end`tgone" } else { "end`tleft" }
