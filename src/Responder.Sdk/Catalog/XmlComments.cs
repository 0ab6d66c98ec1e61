using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Responder.Sdk.Catalog;

/// <summary>The comments that the compiler wrote beside an assembly: the catalogue's texts are written once, in the code.</summary>
internal static partial class XmlComments
{
    private static readonly ConcurrentDictionary<Assembly, Dictionary<string, XElement>> Cache = new();

    public static string Summary(Type type) => Text(Member(type)?.Element("summary"));

    /// <summary>What is said of a record's parameter, or of a property that it has besides.</summary>
    public static string Parameter(Type type, string name) => Text(
        Member(type)?.Elements("param").FirstOrDefault(param => (string?)param.Attribute("name") == name)
        ?? Member(type, "P:", "." + name)?.Element("summary"));

    private static XElement? Member(Type type, string kind = "T:", string member = "") =>
        Cache.GetOrAdd(type.Assembly, Load).GetValueOrDefault(kind + type.FullName?.Replace('+', '.') + member);

    private static Dictionary<string, XElement> Load(Assembly assembly)
    {
        var file = Path.ChangeExtension(assembly.Location, ".xml");
        return File.Exists(file)
            ? XDocument.Load(file).Descendants("member").ToDictionary(member => (string)member.Attribute("name")!)
            : [];
    }

    private static string Text(XElement? element)
    {
        if (element is null)
        {
            return string.Empty;
        }

        var text = string.Concat(element.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "see" } see => ((string?)see.Attribute("cref") ?? string.Empty).Split('.')[^1],
            XElement inner => inner.Value,
            _ => node is XText plain ? plain.Value : string.Empty,
        }));
        return Blanks().Replace(text, " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
