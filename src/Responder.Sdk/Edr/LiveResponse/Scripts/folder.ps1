# responder folder 2: lists a folder, or deletes it where it is still as it was listed. No reparse point is followed.
# Its values come in base64.
param($mode, $path, $digest, $deep)
$ErrorActionPreference = 'Stop'
function Text($b) { [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($b)) }
function B64($t) { [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes([string]$t)) }
function Ms($d) { ([DateTimeOffset]$d).ToUnixTimeMilliseconds() }
function Sha($stream) { try { -join ([Security.Cryptography.SHA256]::Create().ComputeHash($stream) | ForEach-Object { $_.ToString('x2') }) } finally { $stream.Dispose() } }
function IsLink($i) { ($i.Attributes -band [IO.FileAttributes]::ReparsePoint) -ne 0 }
function End($word, $files, $bytes) { "end`t$word`t$files`t$bytes" }
$mode = Text $mode; $asked = Text $path; $want = Text $digest; $deep = (Text $deep) -eq 'yes'
# The path is walked part by part, as the disk has it: real case, long names, each part looked at for a link.
$at = New-Object IO.DirectoryInfo ($asked.Substring(0, 3)); $links = @()
foreach ($part in ($asked.Substring(3).Split('\') | Where-Object { $_ })) {
  $found = @(); if ($at.Exists) { $found = @($at.GetFileSystemInfos($part)) }
  if ($found.Count -ne 1) { "path`t$(B64 $asked)"; $links | ForEach-Object { "link`t$(B64 $_)" }; End 'absent' 0 0; return }
  if ($found[0] -isnot [IO.DirectoryInfo]) { "path`t$(B64 $found[0].FullName)"; End 'file' 0 0; return }
  $at = $found[0]; if (IsLink $at) { $links += $at.FullName }
}
$root = $at.FullName; "path`t$(B64 $root)"
$files = New-Object Collections.ArrayList; $lines = New-Object Collections.Generic.List[string]
$folders = New-Object Collections.Generic.List[string]; $todo = New-Object Collections.Generic.Stack[string]; $todo.Push($root)
$budget = 4GB
while ($todo.Count -gt 0) {
  $here = $todo.Pop(); $folders.Add($here)
  foreach ($item in (New-Object IO.DirectoryInfo $here).GetFileSystemInfos()) {
    if (IsLink $item) { $links += $item.FullName; continue }
    if ($item -is [IO.DirectoryInfo]) { if ($deep) { $todo.Push($item.FullName) }; continue }
    $hash = '-'
    if ($item.Length -le 64MB -and $budget -gt 0) {
      $budget -= $item.Length
      try { $hash = Sha ([IO.File]::OpenRead($item.FullName)) } catch { }
    }
    $below = $item.FullName.Substring($root.TrimEnd('\').Length + 1)
    [void]$files.Add($item); $lines.Add("file`t$(B64 $below)`t$($item.Length)`t$(Ms $item.CreationTimeUtc)`t$(Ms $item.LastWriteTimeUtc)`t$hash")
  }
}
$lines.Sort([StringComparer]::Ordinal)
$links | ForEach-Object { "link`t$(B64 $_)" }
$bytes = 0L; $files | ForEach-Object { $bytes += $_.Length }
if ($mode -eq 'look') { $lines; End 'ok' $files.Count $bytes; return }
if ($links.Count -gt 0) { End 'links' 0 0; return }
$now = Sha (New-Object IO.MemoryStream (,[Text.Encoding]::UTF8.GetBytes((($lines | ForEach-Object { "$_`n" }) -join ''))))
if ($now -ne $want) { End 'changed' 0 0; return }
# File by file and folder by folder: what came meanwhile is not among them, keeps its folder and is named.
function StillReal($folder) {
  for ($d = New-Object IO.DirectoryInfo $folder; $d -ne $null; $d = $d.Parent) { if ($d.Parent -ne $null -and (IsLink $d)) { return $false } }
  return $true
}
$went = 0; $gone = 0L; $left = @()
foreach ($group in ($files | Group-Object DirectoryName)) {
  $real = StillReal $group.Name
  foreach ($file in $group.Group) {
    try {
      if (-not $real) { throw 'a link came into the path' }
      $file.Refresh(); if (IsLink $file) { throw 'it is a link now' }
      $file.Attributes = 'Normal'; $size = $file.Length; $file.Delete(); $went++; $gone += $size
    } catch { $left += $file.FullName }
  }
}
foreach ($folder in ($folders | Sort-Object Length -Descending)) {
  try { if (StillReal $folder) { [IO.Directory]::Delete($folder, $false) } } catch { }
}
if ([IO.Directory]::Exists($root)) { @([IO.Directory]::EnumerateFiles($root)) | Where-Object { $left -notcontains $_ } | ForEach-Object { $left += $_ } }
$left | Select-Object -First 100 | ForEach-Object { "left`t$(B64 $_)" }
if ([IO.Directory]::Exists($root)) { End 'left' $went $gone } else { End 'gone' $went $gone }
