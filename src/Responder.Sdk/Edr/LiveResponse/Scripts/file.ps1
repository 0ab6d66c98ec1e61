# responder file 2: looks at one file, or deletes it where it has the hash that was seen. No reparse point is followed.
# Its values come in base64.
param($mode, $path, $digest)
$ErrorActionPreference = 'Stop'
function Text($b) { [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($b)) }
function B64($t) { [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes([string]$t)) }
function Sha($stream) { try { -join ([Security.Cryptography.SHA256]::Create().ComputeHash($stream) | ForEach-Object { $_.ToString('x2') }) } finally { $stream.Dispose() } }
function IsLink($i) { ($i.Attributes -band [IO.FileAttributes]::ReparsePoint) -ne 0 }
function End($word, $bytes, $hash) { "end`t$word`t$bytes`t$hash" }
$mode = Text $mode; $asked = Text $path; $want = Text $digest
$at = New-Object IO.DirectoryInfo ($asked.Substring(0, 3)); $file = $null; $links = 0
foreach ($part in ($asked.Substring(3).Split('\') | Where-Object { $_ })) {
  $found = @(); if ($file -eq $null -and $at.Exists) { $found = @($at.GetFileSystemInfos($part)) }
  if ($found.Count -ne 1) { "path`t$(B64 $asked)"; End 'absent' 0 '-'; return }
  if (IsLink $found[0]) { "link`t$(B64 $found[0].FullName)"; $links++ }
  if ($found[0] -is [IO.DirectoryInfo]) { $at = $found[0] } else { $file = $found[0] }
}
if ($file -eq $null) { "path`t$(B64 $at.FullName)"; End 'folder' 0 '-'; return }
"path`t$(B64 $file.FullName)"
if ($links -gt 0) { End 'links' 0 '-'; return }
$hash = Sha ([IO.File]::OpenRead($file.FullName)); $size = $file.Length
if ($mode -eq 'look') { End 'ok' $size $hash; return }
if ($hash -ne $want) { End 'changed' $size $hash; return }
$file.Attributes = 'Normal'; $file.Delete()
if ([IO.File]::Exists($file.FullName)) { End 'left' 0 $hash } else { End 'gone' $size $hash }
