namespace Responder.Sdk.Tests.LiveResponse;

/// <summary>The scripts for Linux and Mac, by this machine's own shell.</summary>
public sealed class PosixScriptsTests : ScriptsContract
{
    protected override bool Windows => false;

    protected override string Asked(string below) => Real(below);

    protected override string Real(string below) => Path.Combine(Folder, below);

    protected override (string Program, string[] Arguments) Shell(string file) => ("sh", [file]);
}
