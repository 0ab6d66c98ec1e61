using System.Security.Cryptography;
using System.Text;

namespace Responder.Engine.Reports;

/// <summary>The page's one style sheet, with the hash that its content security policy names.</summary>
internal static class ReportStyle
{
    public static string Css { get; } = """

        :root { color-scheme: light dark; --text: #1b1f24; --soft: #57606a; --line: #d0d7de; --back: #ffffff; --panel: #f6f8fa; --mark: #0b5cad; }
        @media (prefers-color-scheme: dark) {
          :root { --text: #e6edf3; --soft: #9da7b1; --line: #3d444d; --back: #0d1117; --panel: #161b22; --mark: #6cb6ff; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--back); color: var(--text); font: 15px/1.55 system-ui, "Segoe UI", Roboto, sans-serif; }
        main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
        h1 { font-size: 1.6rem; line-height: 1.25; }
        h2 { margin-top: 2.2rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); font-size: 1.25rem; }
        h3 { margin: 1.4rem 0 .4rem; font-size: 1.02rem; }
        h1, h2, h3, p, li, td, code { overflow-wrap: anywhere; unicode-bidi: plaintext; }
        aside { margin: .8rem 0; padding: .6rem .9rem; border-left: 4px solid var(--mark); background: var(--panel); }
        em { color: var(--soft); }
        a { color: var(--mark); }
        code { font: .9em/1.5 ui-monospace, "Cascadia Mono", Consolas, monospace; background: var(--panel); border-radius: 4px; padding: .1em .3em; }
        pre { margin: .5rem 0; padding: .7rem .9rem; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; overflow-x: auto; white-space: pre-wrap; }
        pre code { padding: 0; background: none; }
        .wide { overflow-x: auto; }
        table { width: 100%; border-collapse: collapse; font-size: .94em; font-variant-numeric: tabular-nums; }
        th, td { padding: .35rem .6rem; border: 1px solid var(--line); text-align: left; vertical-align: top; }
        th { background: var(--panel); }
        @media print {
          :root { --text: #000; --soft: #333; --line: #999; --back: #fff; --panel: #f4f4f4; --mark: #000; }
          body { font-size: 10.5pt; }
          main { max-width: none; padding: 0; }
          h2, h3 { break-after: avoid; }
          tr, pre, aside { break-inside: avoid; }
          thead { display: table-header-group; }
        }

        """.ReplaceLineEndings("\n");

    public static string Hash { get; } = $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)))}";
}
