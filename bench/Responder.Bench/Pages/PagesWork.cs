using System.Globalization;
using System.Text;

namespace Responder.Bench.Pages;

/// <summary>What the pages are filled with.</summary>
internal static class PagesWork
{
    public const string Quick = "quick";

    public const string Ask = "ask";

    public const string Long = "long";

    public const string Listing = "listing";

    /// <summary>A folder of 100,000 files on a host of the mock company.</summary>
    public const string Overrides = """
        hosts:
          ENG-WS-045:
            folders:
              C:\big: { files: { all: { count: 100000, bytes: 4000000000, names: 'file-{n}', extensions: { .docx: 60000, .xlsx: 40000 }, created: [2024-02-28T11:00:00Z, 2024-02-28T11:30:00Z] } } }
        """;

    public static IReadOnlyDictionary<string, string> Playbooks(int steps) => new Dictionary<string, string>
    {
        [Quick] = OnAlert(Quick, "  - stop: { outcome: looked_at, reason: Nothing to do. }"),
        [Ask] = OnAlert(Ask, "  - { id: host, uses: edr.find_host, with: { hostname: ENG-WS-045 } }\n  - id: isolate\n    uses: edr.isolate_host\n    with: { host: \"${{ steps.host.id }}\", note: measured }\n    approval: { roles: [analyst], timeout: 8h }"),
        [Long] = Manual(Long, Many(steps)),
        [Listing] = Manual(Listing, "  - { id: host, uses: edr.find_host, with: { hostname: ENG-WS-045 } }\n  - { id: list, uses: edr.list_folder, with: { host: \"${{ steps.host.id }}\", path: 'C:\\big', recurse: true } }\n" + Sure),
    };

    private const string Sure = "  - id: sure\n    approval: { title: Is it enough?, roles: [analyst], timeout: 8h }";

    private static string Many(int steps)
    {
        var text = new StringBuilder();
        for (var number = 1; number < steps; number++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - {{ id: s{number}, name: Look at the host for the time {number}, uses: edr.find_host, with: {{ hostname: ENG-WS-045 }} }}\n");
        }

        return text.Append(Sure).ToString();
    }

    private static string OnAlert(string id, string steps) => $"id: {id}\nname: {id} of the bench\non: {{ alert: {{ when: \"alert.title == '{id}'\" }} }}\nsteps:\n{steps}\n";

    private static string Manual(string id, string steps) => $"id: {id}\nname: {id} of the bench\non: {{ manual: true }}\nsteps:\n{steps}\n";
}
