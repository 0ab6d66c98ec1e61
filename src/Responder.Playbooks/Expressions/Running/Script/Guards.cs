using Jint;
using Jint.Native;
using Jint.Runtime.Interop;

namespace Responder.Playbooks.Expressions;

/// <summary>The functions that take the place of the language's own, by owner and name, where its own would make or search without bound.</summary>
internal static class Guards
{
    public static JsObject Make(Engine engine, Budget budget)
    {
        var text = new TextGuards(engine, budget);
        var pattern = new PatternGuards(engine, budget);
        var list = new ListGuards(engine, budget);
        var json = new JsonFunctions(engine, budget);
        var convert = new Conversions(engine);
        return Owners(engine, new()
        {
            ["String.prototype"] = new()
            {
                ["repeat"] = text.Repeat,
                ["padStart"] = text.Pad("padStart"),
                ["padEnd"] = text.Pad("padEnd"),
                ["concat"] = text.Concat,
                ["split"] = pattern.Split,
                ["match"] = pattern.Match("match"),
                ["matchAll"] = pattern.Match("matchAll"),
                ["search"] = pattern.Match("search"),
                ["replace"] = pattern.Replace("replace"),
                ["replaceAll"] = pattern.Replace("replaceAll"),
            },
            ["Array.prototype"] = new() { ["join"] = list.Join, ["toString"] = list.ToText, ["flat"] = list.Flat },
            ["JSON"] = new() { ["parse"] = json.Parse, ["stringify"] = json.Stringify },
            ["String"] = new() { ["call"] = Conversions.ToText },
            ["Number"] = new() { ["call"] = convert.ToNumber },
            ["Boolean"] = new() { ["call"] = Conversions.ToBoolean },
            ["Uri"] = new()
            {
                ["encodeURIComponent"] = text.Uri("encodeURIComponent"),
                ["decodeURIComponent"] = text.Uri("decodeURIComponent"),
                ["encodeURI"] = text.Uri("encodeURI"),
                ["decodeURI"] = text.Uri("decodeURI"),
            },
            ["Sum"] = new() { ["call"] = TextGuards.Sum, ["part"] = text.Part },
        });
    }

    private static JsObject Owners(Engine engine, Dictionary<string, Dictionary<string, Func<JsValue, JsValue[], JsValue>>> functions)
    {
        var owners = new JsObject(engine);
        foreach (var (owner, members) in functions)
        {
            var bag = new JsObject(engine);
            foreach (var (name, function) in members)
            {
                bag.Set(name, new ClrFunction(engine, name, function.Invoke));
            }

            owners.Set(owner, bag);
        }

        return owners;
    }
}
