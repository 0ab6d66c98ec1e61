using System.Globalization;
using System.Text;
using System.Xml;

namespace Responder.Hosting.Testing.Reports;

/// <summary>Results in the form that CI servers read: a suite for each playbook, a case for each test.</summary>
public static class JUnit
{
    /// <summary>The document.</summary>
    /// <param name="results">The results.</param>
    public static string Write(IReadOnlyList<TestResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("testsuites");
            Counts(xml, results);
            foreach (var suite in results.GroupBy(result => result.Case.Playbook, StringComparer.Ordinal))
            {
                xml.WriteStartElement("testsuite");
                xml.WriteAttributeString("name", Clean(suite.Key));
                Counts(xml, [.. suite]);
                foreach (var result in suite)
                {
                    Case(xml, result);
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return text.ToString();
    }

    private static void Case(XmlWriter xml, TestResult result)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", Clean(result.Case.About));
        xml.WriteAttributeString("classname", Clean($"{result.Case.Playbook}.{Path.GetFileNameWithoutExtension(result.Case.File)}"));
        xml.WriteAttributeString("file", Clean(result.Case.File));
        xml.WriteAttributeString("line", result.Case.Line.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("time", Seconds(result.Took));
        if (!result.Passed)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("message", Clean(result.Failures[0]));
            xml.WriteString(Clean(string.Join('\n', result.Failures.Concat(result.Notes.Select(note => "note: " + note)))));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Counts(XmlWriter xml, IReadOnlyCollection<TestResult> results)
    {
        xml.WriteAttributeString("tests", results.Count.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("failures", results.Count(result => !result.Passed).ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("time", Seconds(TimeSpan.FromTicks(results.Sum(result => result.Took.Ticks))));
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>A failure may quote hostile text; what XML can't hold is shown as a question mark.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (at + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[at + 1], text[at]))
            {
                clean.Append(text, at++, 2);
            }
            else
            {
                clean.Append(XmlConvert.IsXmlChar(text[at]) ? text[at] : '?');
            }
        }

        return clean.ToString();
    }
}
