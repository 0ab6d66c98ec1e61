using Responder.Sdk.Estate;

namespace Responder.Sdk.Tests.Estate;

/// <summary>A small company.</summary>
internal static class Small
{
    public const string Yaml = """
        hosts:
          A: { folders: { 'C:\temp\s': { files: { many: { count: 5, bytes: 1000, extensions: { .txt: 3, .pdf: 2 } } } } } }
          B: { online: false }
        identity: { users: { a@x.example: { } } }
        tickets: { projects: { P: { types: [Task], statuses: { Open: { to: [Done] }, Done: { category: done } } } } }
        """;

    public static EstateDefinition Definition => EstateDefinition.Parse(Yaml, "small.yaml");

    public static EffectBy By(string action, string key = "k1", string run = "r1") => new(action, "A", key, run);
}
