using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Responder.Cli.Settings;
using Responder.Engine.Policy;
using Responder.Hosting.Catalog;
using Responder.Hosting.Policies;
using Responder.Playbooks.Language;
using Responder.Playbooks.Policies;
using Responder.Sdk;
using Command = System.CommandLine.Command;

namespace Responder.Cli.Verbs;

/// <summary><c>responder policy check | explain | test | default</c>.</summary>
internal static class PolicyVerb
{
    public static Command Make() => new("policy", "The policy: what must hold whatever a playbook says.") { Check(), Explain(), Test(), Default() };

    private static Argument<string?> File() => new("file") { Description = "The policy file; the one of the settings where it is not said.", Arity = ArgumentArity.ZeroOrOne };

    private static Command Check()
    {
        var (file, config, output) = (File(), Options.Config(), Options.Output());
        var command = new Command("check", "Reports every problem of a policy file with line, column, rule and hint.\n\nExample: responder policy check policy.yaml") { file, config, output };
        command.Does(async (parse, cancel) =>
        {
            var (name, text) = await ReadAsync(parse.GetValue(file), parse.GetValue(config), cancel);
            var read = PolicyFile.Read(name, text, ReadOptionsHere.Catalog());
            if (parse.GetValue(output) == "json")
            {
                Verb.PrintJson(new
                {
                    File = name,
                    Ok = read.Policy is not null,
                    Version = read.Policy is { } policy ? new PolicyRules(policy).Version : null,
                    Problems = read.Problems.Select(one => new { one.File, one.At.Line, one.At.Column, one.Rule, one.Level, one.Message, one.Hint }),
                });
            }
            else
            {
                read.Problems.ToList().ForEach(problem => Console.Out.WriteLine(problem));
                await Console.Error.WriteLineAsync(read.Policy is { } policy
                    ? $"{name}: {policy.Rules.Count} rules, {policy.Limits.Count} limits, {policy.Protected.Count} protected sets; {new PolicyRules(policy).Version}"
                    : $"{name}: {read.Problems.Count(one => one.Level == ProblemLevel.Error)} errors");
            }

            return read.Policy is null ? ExitCodes.BadInput : ExitCodes.Done;
        });
        return command;
    }

    private static Command Explain()
    {
        var action = new Argument<string>("action") { Description = "The action: edr.isolate_host." };
        var with = new Option<string[]>("--with") { Description = "A field of it: host=ENG-WS-045. The targets among them are read from their product.", DefaultValueFactory = _ => [] };
        var file = new Option<string?>("--policy") { Description = "The policy file; the one of the settings where it is not said." };
        var playbook = new Option<string>("--playbook") { Description = "As if by this playbook.", DefaultValueFactory = _ => string.Empty };
        var severity = new Option<int?>("--severity") { Description = "As if for an alert of this score, 0 to 100." };
        var at = new Option<string?>("--at") { Description = "As if then: 2026-11-24T22:15:00Z. Now where it is not said." };
        var connection = new Option<string?>("--connection") { Description = "On this connection." };
        var (connectors, config, output) = (Options.Connectors(), Options.Config(), Options.Output());
        var command = new Command("explain", "Says what policy says of an action on a target, and which rules spoke. Only reads.\n\nExample: responder policy explain edr.isolate_host --with host=DC01")
        {
            action, with, file, playbook, severity, at, connection, connectors, config, output,
        };
        command.Does(async (parse, cancel) =>
        {
            var settings = LoadedSettings.Read(parse.GetValue(config));
            var scratch = Directory.CreateTempSubdirectory("responder-policy");
            try
            {
                await using var set = NodeFactory.Connections(parse.GetValue(connectors), settings, scratch.FullName, NullLoggerFactory.Instance);
                var descriptor = set.Catalog.Find(parse.GetValue(action)!) ?? throw new BadInputException($"There is no action '{parse.GetValue(action)}'; see: responder connectors actions");
                var served = set.For(descriptor.Name, parse.GetValue(connection)) ?? throw new BadInputException($"No connection here serves {descriptor.Name}; see: responder connectors list");
                var inputs = JsonSerializer.SerializeToElement(Fields(parse.GetValue(with)!));
                var policy = NodeFactory.Policy(parse.GetValue(file), settings, set.Catalog, NullLoggerFactory.Instance);
                var (targets, answer) = await new PolicyQuestion(descriptor, inputs, parse.GetValue(playbook)!, parse.GetValue(severity), Time(parse.GetValue(at))).AskAsync(policy, served, cancel);
                Tell(parse.GetValue(output) == "json", descriptor.Name, descriptor.Effect, served.Name, targets, answer);
                return ExitCodes.Done;
            }
            catch (ActionFailure failure)
            {
                throw new BadInputException($"The target can't be read, so it would be refused: {failure.Message}");
            }
            finally
            {
                scratch.Delete(recursive: true);
            }
        });
        return command;
    }

    private static Command Test()
    {
        var (file, config, output) = (File(), Options.Config(), Options.Output());
        var cases = new Option<string?>("--cases") { Description = "The file of cases; policy.tests.yaml beside the policy where it is not said." };
        var command = new Command("test", "Runs the cases of a policy: what is done to what, and what policy must say.\n\nExample: responder policy test policy.yaml") { file, cases, config, output };
        command.Does(async (parse, cancel) =>
        {
            var (name, text) = await ReadAsync(parse.GetValue(file), parse.GetValue(config), cancel);
            var read = PolicyFile.Read(name, text, ReadOptionsHere.Catalog());
            var policy = new PolicyRules(read.Policy ?? throw new PolicyException(read.Problems));
            var from = parse.GetValue(cases) ?? Path.Combine(Path.GetDirectoryName(name) ?? string.Empty, "policy.tests.yaml");
            var results = PolicyCase.Read(from, await TextAsync(from, cancel)).Select(one => new { one.Name, Problem = one.Problem(policy) }).ToList();
            var failed = results.Count(one => one.Problem is not null);
            if (parse.GetValue(output) == "json")
            {
                Verb.PrintJson(new { policy.Version, Passed = results.Count - failed, Failed = failed, Cases = results });
            }
            else
            {
                results.ForEach(one => Console.Out.WriteLine(one.Problem is { } problem ? $"FAILED  {one.Name}: {problem}" : $"passed  {one.Name}"));
                Console.Out.WriteLine($"{results.Count - failed} passed, {failed} failed");
            }

            return failed == 0 ? ExitCodes.Done : ExitCodes.RunFailed;
        });
        return command;
    }

    private static Command Default()
    {
        var output = Options.Output();
        var command = new Command("default", "Prints the built-in policy, to begin your own.\n\nExample: responder policy default > policy.yaml") { output };
        command.Does((parse, _) =>
        {
            if (parse.GetValue(output) == "json")
            {
                Verb.PrintJson(new { PolicyRules.BuiltIn.Version, PolicyFile.Default.Hash, PolicyFile.Default.Source });
            }
            else
            {
                Console.Out.Write(PolicyFile.Default.Source);
            }

            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static void Tell(bool json, string action, Effect effect, string connection, IReadOnlyList<TargetFacts> targets, PolicyAnswer answer)
    {
        if (json)
        {
            Verb.PrintJson(new { Action = action, Effect = effect, Connection = connection, Targets = targets, Answer = answer, Limits = answer.Quotas });
            return;
        }

        foreach (var target in targets)
        {
            Console.Out.WriteLine(RunText.Plain($"target   {Json.Word(target.Kind)} {string.Join(", ", target.Names)} ({target.Id}){(target.Role is null ? string.Empty : $", {target.Role}")}"
                + $"{(target.Tags.Count == 0 ? string.Empty : $", tagged {string.Join(", ", target.Tags)}")}{(target.Groups is { Count: > 0 } groups ? $", in {string.Join(", ", groups)}" : string.Empty)}"));
        }

        foreach (var finding in answer.Findings)
        {
            Console.Out.WriteLine($"{finding.Rule,-32} {Json.Word(finding.Verdict)}: {RunText.Plain(finding.Reason)}");
        }

        foreach (var quota in answer.Quotas)
        {
            Console.Out.WriteLine($"{quota.Rule,-32} counts: at most {quota.AtMost} in {Durations.Format(quota.Window)}{(quota.Of is null ? string.Empty : $" for {RunText.Plain(quota.Of)}")}, then {string.Join(" or ", quota.Roles)} is asked");
        }

        Console.Out.WriteLine($"{Json.Word(answer.Verdict)}{(answer.Verdict == PolicyVerdict.RequireApproval ? $": {answer.Count} of {string.Join(" or ", answer.Roles)}" : string.Empty)}, by policy {answer.Version}");
    }

    private static JsonObject Fields(string[] with)
    {
        var fields = new JsonObject();
        foreach (var one in with)
        {
            if (one.IndexOf('=', StringComparison.Ordinal) is not (var cut and > 0))
            {
                throw new BadInputException($"--with {one}: write name=value, as in host=ENG-WS-045.");
            }

            fields[one[..cut]] = one[(cut + 1)..];
        }

        return fields;
    }

    private static DateTimeOffset Time(string? text) => text is null ? DateTimeOffset.UtcNow
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : throw new BadInputException($"--at {text}: write a time such as 2026-11-24T22:15:00Z.");

    private static async Task<(string Name, string Text)> ReadAsync(string? named, string? config, CancellationToken cancel)
    {
        var file = named ?? LoadedSettings.Read(config).PolicyFile;
        return file is null ? ("built-in policy", PolicyFile.Default.Source) : (file, await TextAsync(file, cancel));
    }

    private static Task<string> TextAsync(string file, CancellationToken cancel) =>
        System.IO.File.Exists(file) ? System.IO.File.ReadAllTextAsync(file, cancel) : throw new BadInputException($"{file}: there is no such file.");
}
