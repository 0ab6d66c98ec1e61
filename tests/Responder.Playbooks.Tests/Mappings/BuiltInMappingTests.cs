using Responder.Playbooks.Mappings;

namespace Responder.Playbooks.Tests.Mappings;

public sealed class BuiltInMappingTests
{
    // A start takes the queries of these files for known to parse: here is where that is known from.
    [Fact]
    public void Every_query_of_every_built_in_file_parses()
    {
        var files = Directory.GetFiles(Repository.Path("connectors", "Sources"), "*.yaml");
        var sources = files.Select(file => MappingFile.Read(File.ReadAllText(file), file).Source);
        Assert.Equal(BuiltInMappings.Read().Select(mapping => mapping.Source).Order(StringComparer.Ordinal), sources.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_source_of_the_list_has_a_mapping_that_loads() => Assert.Equal(
        ["crowdstrike", "defender", "elastic", "graph", "jira", "ocsf", "sentinel", "sentinelone", "sigma", "splunk", "sysmon", "wazuh"],
        BuiltInMappings.Read().Select(mapping => mapping.Source));

    [Fact]
    public void Every_shape_says_what_happened_when_and_under_which_id()
    {
        foreach (var (mapping, shape) in BuiltInMappings.Read().SelectMany(mapping => mapping.Shapes.Select(shape => (mapping, shape))).Where(one => one.shape.Fields.Count > 1))
        {
            foreach (var field in (string[])["source_id", "title", "time"])
            {
                Assert.True(shape.Fields.ContainsKey(field), $"{mapping.File}, shape {shape.Name}: `{field}` is not mapped.");
            }
        }
    }

    [Fact]
    public void A_file_of_the_folder_takes_the_place_of_the_built_in_one()
    {
        const string yaml = "source: wazuh\nshapes: [{ name: mine, when: mine, fields: { title: mine } }]";

        var mappings = BuiltInMappings.With([("sources/wazuh.yaml", yaml)]);

        Assert.Equal("mine", Assert.Single(Assert.Single(mappings, mapping => mapping.Source == "wazuh").Shapes).Name);
    }
}
