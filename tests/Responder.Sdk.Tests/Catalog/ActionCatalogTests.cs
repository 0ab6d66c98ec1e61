using System.Text.Json;
using Responder.Sdk.Catalog;

namespace Responder.Sdk.Tests.Catalog;

public sealed class ActionCatalogTests
{
    private static readonly string[] Promised =
    [
        "chat.ask", "chat.notify",
        "directory.disable_computer", "directory.disable_user", "directory.enable_computer", "directory.enable_user", "directory.find_computer", "directory.find_user",
        "directory.list_groups", "directory.reset_password",
        "edr.collect_file", "edr.delete_file", "edr.delete_folder", "edr.find_host", "edr.find_hosts", "edr.get_detection", "edr.get_process", "edr.isolate_host", "edr.kill_process",
        "edr.list_folder", "edr.list_processes", "edr.release_host", "edr.scan", "edr.update_detection",
        "http.request",
        "identity.confirm_compromised", "identity.disable_user", "identity.dismiss_risk", "identity.enable_user", "identity.find_user", "identity.list_groups",
        "identity.list_mfa_methods", "identity.list_sign_ins", "identity.reset_password", "identity.revoke_sessions",
        "mail.ask", "mail.send",
        "siem.comment_alert", "siem.get_alert", "siem.search", "siem.update_alert",
        "tickets.attach", "tickets.close", "tickets.comment", "tickets.create", "tickets.find", "tickets.get", "tickets.link", "tickets.transition", "tickets.update",
    ];

    [Fact]
    public void Every_promised_action_is_there() => Assert.Equal(Promised, ActionCatalog.Neutral.All.Select(action => action.Name));

    [Fact]
    public void Every_action_and_every_field_says_what_it_is()
    {
        foreach (var action in ActionCatalog.Neutral.All)
        {
            Assert.False(string.IsNullOrWhiteSpace(action.About), $"{action.Name} has no summary.");
            Assert.All(action.Inputs.Concat(action.Outputs), field => Assert.False(string.IsNullOrWhiteSpace(field.About), $"{action.Name}.{field.Name} has no comment."));
            Assert.NotEmpty(action.Outputs);
        }
    }

    [Fact]
    public void Every_contain_action_has_an_undo_on_the_same_target_or_says_why_not()
    {
        foreach (var action in ActionCatalog.Neutral.All.Where(action => action.Effect == Effect.Contain))
        {
            Assert.True((action.Undo is null) != (action.NoUndo is null), action.Name);
            if (action.Undo is not null)
            {
                var undo = ActionCatalog.Neutral.Find(action.Undo)!;
                Assert.Equal(action.Targets.Select(target => (target.Name, target.Target)), undo.Targets.Select(target => (target.Name, target.Target)));
                Assert.Equal(action.Name, undo.Undo);
            }
        }
    }

    [Fact]
    public void Every_contain_and_destroy_action_names_its_target() => Assert.All(
        ActionCatalog.Neutral.All.Where(action => action.Effect is Effect.Contain or Effect.Destroy), action => Assert.NotEmpty(action.Targets));

    [Fact]
    public void Fields_have_their_form_their_language_and_whether_they_must_be_given()
    {
        var create = ActionCatalog.Neutral.Find("tickets.create")!;
        Assert.Equal(["project", "type", "summary"], create.Inputs.Where(field => field.Required).Select(field => field.Name));
        Assert.Equal(("Markdown", "template"), (create.Input("description")!.Language, create.Input("description")!.TypeName));
        Assert.Equal("list of string", create.Input("labels")!.TypeName);
        Assert.Equal("SPL", ActionCatalog.Neutral.Find("siem.search")!.Input("query")!.Language);
        Assert.Equal("windows_path", ActionCatalog.Neutral.Find("edr.delete_folder")!.Input("path")!.Form);
        Assert.Equal(TargetKind.Path, ActionCatalog.Neutral.Find("edr.delete_folder")!.Input("path")!.Target);
        var listed = ActionCatalog.Neutral.Find("edr.list_folder")!;
        Assert.Equal(["artifact", "integer", "list of string"], new[] { "manifest", "count", "reparse_points" }.Select(name => listed.Output(name)!.TypeName));
        Assert.False(ActionCatalog.Neutral.Find("chat.ask")!.Output("answer")!.Required);
    }

    [Fact]
    public void A_schema_says_null_only_where_null_may_be()
    {
        var find = ActionCatalog.Neutral.Find("edr.find_host")!;
        Assert.Equal("string", find.Input("hostname")!.Schema["type"]!.GetValue<string>());
        Assert.Contains("null", find.Output("ip")!.Schema["type"]!.AsArray().Select(type => type!.GetValue<string>()));
    }

    [Fact]
    public async Task Inputs_of_a_wrong_shape_are_invalid_and_say_which()
    {
        var bound = BoundAction.Bind(ActionCatalog.Neutral.Find("edr.find_host")!, new Samples.Finder());
        var failure = await Assert.ThrowsAsync<ActionFailure>(() => bound.RunAsync(JsonDocument.Parse("""{"hostname":3}""").RootElement, null!));
        Assert.Equal(FailureKind.Invalid, failure.Kind);
        Assert.Contains("hostname", failure.Message, StringComparison.Ordinal);
    }
}
