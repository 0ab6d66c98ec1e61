using System.Text.Json.Nodes;
using NJsonSchema;
using Responder.Playbooks.Language.Grammar;
using Responder.Playbooks.Language.Yaml;
using Responder.Playbooks.Schema;
using Responder.Sdk.Catalog;

namespace Responder.Playbooks.Tests.Schema;

public sealed class SchemaTests
{
    private static readonly string Text = SchemaWriter.Write(ActionCatalog.Neutral);
    private static readonly JsonNode Root = JsonNode.Parse(Text)!;

    [Fact]
    public void The_schema_in_the_project_is_current()
    {
        var stored = File.ReadAllText(Repository.Path("schema", "playbook.schema.json"));
        Assert.True(Text == stored, "schema/playbook.schema.json is not what the code gives: run `responder schema -o schema/playbook.schema.json`.");
    }

    [Fact]
    public async Task The_example_is_valid_by_it_and_a_wrong_type_is_not()
    {
        var schema = await JsonSchema.FromJsonAsync(Text);
        var json = Scalars.ToJson(YamlReader.Read(Fixture.Example).Root!).GetRawText();
        Assert.Empty(schema.Validate(json));
        Assert.NotEmpty(schema.Validate(json.Replace("\"timeout\":\"8h\"", "\"timeout\":8", StringComparison.Ordinal)));
        Assert.NotEmpty(schema.Validate(json.Replace("\"owner\":", "\"ownr\":", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_action_has_its_with_and_every_reference_leads_somewhere()
    {
        var definitions = Root["definitions"]!.AsObject();
        Assert.All(ActionCatalog.Neutral.All, action =>
        {
            var with = definitions["with." + action.Name]!;
            Assert.Equal(action.Inputs.Select(input => input.Name), with["properties"]!.AsObject().Select(one => one.Key));
            Assert.Equal(action.Inputs.Where(input => input.Required).Select(input => input.Name), with["required"]?.AsArray().Select(name => (string)name!) ?? []);
        });
        Assert.All(References(Root), reference => Assert.True(definitions.ContainsKey(reference["#/definitions/".Length..]), reference));
    }

    [Fact]
    public void Every_key_of_the_grammar_is_in_it_with_a_sentence()
    {
        var step = Root["definitions"]!["step"]!["properties"]!.AsObject();
        Assert.All(StepGrammar.Shapes.Values.SelectMany(shape => shape.Keys), key => Assert.False(string.IsNullOrEmpty((string?)step[key.Name]!["description"]), key.Name));
        Assert.Equal(StepGrammar.Kinds.Count, Root["definitions"]!["step"]!["oneOf"]!.AsArray().Count);
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(one => one.Key == "$ref" ? [(string)one.Value!] : References(one.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}
