using System.CommandLine;
using Responder.Cli.Settings;
using Responder.Hosting.Catalog;
using Responder.Hosting.Audit;
using Responder.Hosting.Cluster;
using Responder.Hosting.Errands;
using Responder.Hosting.Feeds;
using Responder.Hosting.Retention;
using Responder.Sdk;
using Responder.Web;
using Responder.Web.People;

namespace Responder.Cli.Verbs;

/// <summary><c>responder serve</c>: the API and the engine, until it is told to stop.</summary>
internal static class ServeVerb
{
    public static Command Make()
    {
        var urls = new Option<string>("--urls") { DefaultValueFactory = _ => "http://127.0.0.1:5080", Description = "Where to listen; several with semicolons." };
        var playbooks = new Option<string>("--playbooks") { DefaultValueFactory = _ => "playbooks", Description = "The playbooks' folder." };
        var store = Options.Store();
        var (data, connectors, config) = (Options.Data(), Options.Connectors(), Options.Config());
        var verbose = new Option<bool>("-v") { Description = "Log more." };
        var command = new Command("serve", "Serves the API and drives runs; recovers those of the last start.\n\nExample: responder serve --urls http://127.0.0.1:5080 --data ./data")
        {
            urls, playbooks, data, store, connectors, config, verbose,
        };
        command.Does(async (parse, cancel) =>
        {
            using var logs = NodeFactory.Logs(parse.GetValue(verbose));
            var loaded = LoadedSettings.Read(parse.GetValue(config));
            var settings = loaded.Values;
            var choice = StoreChoice.Of(loaded, parse.GetValue(store));
            var cluster = choice.Postgres is { } text ? ClusterOf(loaded, text) : null;
            var (node, folder) = await NodeFactory.OpenAsync(parse.GetValue(data)!, parse.GetValue(connectors), loaded, choice, logs, cancel);
            using (folder)
            await using (node)
            {
                var app = ResponderServer.Build(node, new ServerOptions
                {
                    Folder = folder,
                    Urls = parse.GetValue(urls)!.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                    Playbooks = parse.GetValue(playbooks)!,
                    PublicAddress = settings["PublicAddress"],
                    Sources = settings["Intake:Sources"],
                    Suppressions = settings["Intake:Suppressions"] ?? "suppressions.yaml",
                    Feeds = FeedSettings.Read(settings),
                    WriteBack = WriteBackSettings.Read(settings),
                    SigningSecret = settings["Keys:SigningSecret"] is { Length: > 0 } secret ? new Secret(secret) : null,
                    SignIn = SignInSettings.Read(settings),
                    Publishing = PublishSettings.Read(settings),
                    Cluster = cluster,
                    GateNotices = settings["Approvals:Notify"] is { Length: > 0 } notices ? notices : null,
                    Audit = AuditSettings.Read(settings, folder.Path) with { Digest = (await choice.KeyAsync(folder, cancel)).Digest(loaded.AsText()) },
                    Retention = RetentionSettings.Read(settings),
                    Logs = logs,
                });
                await using (app)
                {
                    await app.StartAsync(cancel);
                    var first = await app.Services.GetRequiredService<FirstSignIn>().Ready;
                    await Console.Error.WriteLineAsync($"Responder listens on {string.Join(", ", app.Urls)} (API description: {app.Urls.First()}/docs). The first API key is in {folder.File("api-key")}."
                        + (first is null ? string.Empty : $"\nNobody has an account yet: the link for the first sign-in is in {first}, good for an hour."));
                    await app.WaitForShutdownAsync(cancel);
                }
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static ClusterSettings ClusterOf(LoadedSettings settings, string connectionString)
    {
        try
        {
            return ClusterSettings.Read(settings.Values, connectionString);
        }
        catch (SettingsException problem)
        {
            throw settings.Explain(problem);
        }
    }
}
