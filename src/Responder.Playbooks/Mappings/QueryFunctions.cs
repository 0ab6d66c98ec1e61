using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DevLab.JmesPath;
using DevLab.JmesPath.Functions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Responder.Playbooks.Mappings;

/// <summary>What mappings need beyond JMESPath: JSON inside text (Microsoft's <c>AdditionalFields</c>), parts joined where some are missing, scores of other scales.</summary>
internal static class QueryFunctions
{
    public static void Register(JmesPath parser)
    {
        parser.FunctionRepository.Register("from_json", new FromJson());
        parser.FunctionRepository.Register("concat", new Concat());
        parser.FunctionRepository.Register("path", new PathOf());
        parser.FunctionRepository.Register("scale", new Scale());
        parser.FunctionRepository.Register("hash", new HashOf());
    }

    /// <summary><c>from_json(text)</c>: the JSON in a text; null where there is none.</summary>
    private sealed class FromJson() : JmesPathFunction("from_json", 1)
    {
        public override JToken Execute(params JmesPathFunctionArgument[] args)
        {
            if (args[0].Token is not JValue { Value: string text })
            {
                return args[0].Token is JContainer container ? container : JValue.CreateNull();
            }

            try
            {
                using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, MaxDepth = 64 };
                return JToken.ReadFrom(reader);
            }
            catch (JsonException)
            {
                return JValue.CreateNull();
            }
        }
    }

    /// <summary><c>concat(a, '/', b)</c>: texts and numbers in a row, what is null left out; null where the first is.</summary>
    private sealed class Concat() : JmesPathFunction("concat", 1, true)
    {
        public override JToken Execute(params JmesPathFunctionArgument[] args) => args[0].Token is JValue { Value: null } or JContainer
            ? JValue.CreateNull()
            : new JValue(string.Concat(args.Select(one => one.Token is JValue value ? Convert.ToString(value.Value, CultureInfo.InvariantCulture) : null)));
    }

    /// <summary><c>path(folder, name)</c>: the two joined; a folder that ends with the name is the path already, and null where both are.</summary>
    private sealed class PathOf() : JmesPathFunction("path", 2)
    {
        public override JToken Execute(params JmesPathFunctionArgument[] args)
        {
            var (folder, name) = (Text(args[0].Token), Text(args[1].Token));
            if (folder is null || name is null)
            {
                return (folder ?? name) is { } one ? new JValue(one) : JValue.CreateNull();
            }

            var separator = folder.Contains('/', StringComparison.Ordinal) ? '/' : '\\';
            return new JValue(folder.EndsWith(name, StringComparison.OrdinalIgnoreCase) ? folder : folder.EndsWith(separator) ? folder + name : folder + separator + name);
        }

        private static string? Text(JToken token) => token is JValue { Value: string { Length: > 0 } text } ? text : null;
    }

    /// <summary><c>hash(value)</c>: the same text for the same value, whatever the order of its members; for what has no id of its own. Null for nothing.</summary>
    private sealed class HashOf() : JmesPathFunction("hash", 1)
    {
        public override JToken Execute(params JmesPathFunctionArgument[] args) => args[0].Token is JValue { Value: null }
            ? JValue.CreateNull()
            : new JValue(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Ordered(args[0].Token).ToString(Formatting.None))))[..32]);

        private static JToken Ordered(JToken token) => token switch
        {
            JObject members => new JObject(members.Properties().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => new JProperty(member.Name, Ordered(member.Value)))),
            JArray items => new JArray(items.Select(Ordered)),
            _ => token,
        };
    }

    /// <summary><c>scale(level, `15`)</c>: a number of a scale from 0 to that, as 0 to 100; null where it is none.</summary>
    private sealed class Scale() : JmesPathFunction("scale", 2)
    {
        public override JToken Execute(params JmesPathFunctionArgument[] args) =>
            Number(args[0].Token) is { } number && Number(args[1].Token) is > 0 and var most
                ? new JValue((long)Math.Round(Math.Clamp(number / most, 0, 1) * 100))
                : JValue.CreateNull();

        private static double? Number(JToken token) =>
            token is JValue { Value: not null } value && double.TryParse(Convert.ToString(value.Value, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
