namespace Responder.Tests.Shared;

/// <summary>Paths that a deletion may be asked for, the plain and the tricky: what policy says of each by its text. Refused, or a lead, or the ordinary approval.</summary>
internal static class PathTricks
{
    public const string Refused = "refuse";
    public const string Lead = "lead";
    public const string Analyst = "analyst";

    /// <summary>Every one, with what policy says.</summary>
    public static readonly (string Path, string Says)[] All =
    [
        // Plain, inside the folders that may go.
        (@"C:\temp\staging", Analyst), (@"C:\temp\staging\", Analyst), (@"c:\TEMP\Staging", Analyst), (@"C:\Temp\a\b\c", Analyst), (@"C:\Temp\ü", Analyst), (@"C:\Temp\папка", Analyst),
        (@"C:\Windows\Temp\x", Analyst), (@"C:\WINDOWS\TEMP\x\y", Analyst), (@"C:\Users\Public\lockit.exe", Analyst), (@"C:\Users\alexchen\AppData\Local\Temp\x", Analyst),
        (@"C:\Users\ALEXCHEN\appdata\local\TEMP\7zS01", Analyst), (@"C:\Temp\with blank inside", Analyst), (@"C:\Temp\a~b", Analyst), (@"C:\Temp\a.b.c", Analyst), (@"C:\Temp\$x", Analyst),
        (@"C:\Temp\{guid}", Analyst), (@"C:\Temp\a'b", Analyst), (@"C:\Temp\a;b", Analyst), (@"C:\Temp\a&b", Analyst), (@"C:\Temp\a`b", Analyst), (@"C:\Temp\-rf", Analyst),

        // Plain, elsewhere: a lead.
        (@"C:\Users\alexchen\Documents", Lead), (@"C:\Users\alexchen", Lead), (@"D:\temp\staging", Lead), (@"E:\r&d\projects", Lead), (@"C:\Tempo\x", Lead), (@"C:\Temp2", Lead),
        (@"C:\Windows\Temperature\x", Lead), (@"C:\Users\alexchen\AppData\Local\Tempest\x", Lead), (@"C:\Users\a\b\AppData\Local\Temp\x", Lead), (@"C:\inetpub\wwwroot", Lead),
        (@"C:\Program Files\App\x", Lead), (@"C:\ProgramData\App", Lead), (@"C:\Windows\Fonts", Lead), (@"C:\Users\alexchen\AppData\Local\Temp", Lead), (@"C:\Data\Temp\x", Lead),

        // What the system or every user needs.
        (@"C:\", Refused), (@"D:\", Refused), (@"C:\Windows", Refused), (@"C:\WINDOWS\", Refused), (@"c:\windows\system32", Refused), (@"C:\Windows\System32\drivers", Refused),
        (@"C:\Windows\SysWOW64\x", Refused), (@"C:\Windows\WinSxS", Refused), (@"C:\Windows\WinSxS\x\y", Refused), (@"C:\Windows\Temp", Refused), (@"C:\Windows\Temp\", Refused), (@"C:\Users", Refused),
        (@"C:\Users\Public", Refused), (@"C:\Users\Default", Refused), (@"C:\Program Files", Refused), (@"C:\Program Files (x86)", Refused), (@"C:\ProgramData", Refused), (@"C:\Boot\x", Refused),
        (@"C:\Recovery", Refused), (@"C:\System Volume Information\x", Refused), (@"C:\$Recycle.Bin", Refused), (@"C:\Temp", Refused), (@"D:\Windows\System32\config", Refused),

        // Dots that lead elsewhere.
        (@"C:\temp\..\Windows\System32", Refused), (@"C:\temp\staging\..\..\Windows", Refused), (@"C:\temp\.\staging", Refused), (@"C:\temp\..", Refused), (@"C:\..\Windows", Refused),
        (@"C:\temp\x\..", Refused), (@"C:\temp\...", Refused), (@"C:\temp\....\x", Refused), (@"C:\temp\.. \x", Refused), (@"C:\temp\ ..\x", Refused), (@"..\Windows", Refused), (@".\x", Refused),

        // Dots and blanks that Windows drops.
        (@"C:\temp\staging.", Refused), (@"C:\temp\staging ", Refused), (@"C:\temp\staging. .", Refused), (@"C:\Windows.\x", Refused), (@"C:\Windows \System32", Refused), (@" C:\temp\x", Refused),
        (@"C:\temp\ x", Refused), (@"C:\temp \x", Refused), (@"C:\temp\x\ ", Refused), (@"C:\temp\x.\y", Refused),

        // Short names.
        (@"C:\Users\ALEXCH~1\Documents", Refused), (@"C:\PROGRA~1\x", Refused), (@"C:\temp\STAGIN~1", Refused), (@"C:\WINDOW~1", Refused), (@"C:\temp\a~1.txt", Refused), (@"C:\temp\x~2\y", Refused),
        (@"C:\temp\a~b~3", Refused), (@"C:\DOCUME~1\ALLUSE~1", Refused),

        // Shares and devices.
        (@"\\filesrv\r&d\projects", Refused), (@"\\127.0.0.1\c$\Windows", Refused), (@"\\?\C:\temp\staging", Refused), (@"\\.\C:\temp\staging", Refused), (@"\\?\UNC\srv\share", Refused),
        (@"\\?\Volume{0b6a2f1e-0000-0000-0000-100000000000}\temp", Refused), (@"\\.\PhysicalDrive0", Refused), (@"\??\C:\temp", Refused), (@"\\?\GLOBALROOT\Device\HarddiskVolume1\temp", Refused),
        (@"\Device\HarddiskVolume1\temp", Refused), (@"\\localhost\C$\temp", Refused), (@"\\srv@SSL\DavWWWRoot\x", Refused), (@"\temp\staging", Refused), (@"\\?\c:\windows", Refused),

        // Mixed and doubled slashes.
        ("C:/temp/staging", Refused), (@"C:\temp/staging", Refused), (@"C:/temp\staging", Refused), (@"C:\\temp\staging", Refused), (@"C:\temp\\staging", Refused), (@"C:\temp\/staging", Refused),
        ("//filesrv/share", Refused), (@"C:\temp\\..\\Windows", Refused), ("file:///C:/temp/x", Refused), (@"C:\temp\x\\", Analyst),

        // Alternate streams, and colons elsewhere.
        (@"C:\temp\staging:stream", Refused), (@"C:\temp\staging::$DATA", Refused), (@"C:\temp\x:y:$INDEX_ALLOCATION", Refused), (@"C:\temp::$INDEX_ALLOCATION\x", Refused), (@"C:temp\staging", Refused),
        ("C:", Refused), (@"CC:\temp", Refused), (@":\temp", Refused), (@"1:\temp\x", Refused), (@"C:\temp\C:\Windows", Refused),

        // What a shell would make of it.
        (@"%TEMP%\x", Refused), (@"C:\%TEMP%\x", Refused), (@"C:\temp\%USERNAME%", Refused), (@"$env:TEMP\x", Refused), (@"C:\temp\*", Refused), (@"C:\temp\stag?ng", Refused), (@"C:\temp\x*", Refused),
        ("C:\\temp\\x\"", Refused), (@"C:\temp\x|y", Refused), (@"C:\temp\x>y", Refused), (@"C:\temp\<x", Refused), (@"~\x", Refused), ("${TEMP}\\x", Refused), ("\"C:\\temp\\x\"", Refused),

        // Signs that can't be seen, or look like others.
        ("C:\\temp\\x\0y", Refused), ("C:\\temp\\x\ny", Refused), ("C:\\temp\\x\ry", Refused), ("C:\\temp\\x\ty", Refused), ("C:\\temp\\x\u0007", Refused), ("C:\\temp\\sta\u200Bging", Refused),
        ("C:\\temp\\x\u202Efdp.exe", Refused), ("C:\\temp\u2215Windows", Refused), ("C:\\temp\u2044..\u2044Windows", Refused), ("C:\\temp\\\uFF0E\uFF0E\\Windows", Refused), ("C:\\temp\uFF3CWindows", Refused),
        ("C:\\temp\\x\uFF1Astream", Refused), ("C\uFF1A\\temp\\x", Refused), ("\uFF23:\\temp\\x", Refused), ("C:\\temp\\x\u00A0", Refused), ("C:\\temp\\\u3000x", Refused), ("C:\\temp\\x\u2024\u2024", Refused),
        ("C:\\temp\\x\u2025\\y", Refused), ("C:\\temp\\x\uFEFF", Refused), ("C:\\temp\\x\u0301y", Refused), ("C:\\temp\\PROGRA\uFF5E1", Refused), ("C:\\temp\\x\uD800y", Refused), ("C:\\temp\\\uE000", Refused),
        ("C:\\Wind\u00ADows\\x", Refused), ("C:\\temp\\x\u2028y", Refused), ("С:\\temp\\x", Refused), ("C:\\temp\\x\u0085", Refused), ("C:\\temp\\x\u29F5y", Refused),

        // Names of devices, wherever they stand.
        (@"C:\temp\CON", Refused), (@"C:\temp\nul.txt", Refused), (@"C:\temp\COM1", Refused), (@"C:\temp\lpt9\x", Refused), (@"C:\temp\AUX", Refused), (@"C:\temp\PRN.log", Refused), (@"C:\temp\conin$", Refused),

        // Nothing, and too much.
        ("", Refused), (" ", Refused), (@"temp\staging", Refused), ("staging", Refused), (@"C", Refused), (@"C:\temp\" + new string('x', 33_000), Refused),
    ];
}
