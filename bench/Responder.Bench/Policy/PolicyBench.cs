using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Responder.Bench.Harness;
using Responder.Engine.Policy;
using Responder.Sdk;

namespace Responder.Bench.Policy;

/// <summary>How many answers policy gives in a second, on one core: the built-in policy, on hosts, accounts and deletions.</summary>
internal static class PolicyBench
{
    private static readonly JsonElement Nothing = JsonSerializer.SerializeToElement(new { });

    public static Command Make()
    {
        var seconds = new Option<int>("--seconds") { Description = "How long each kind is measured.", DefaultValueFactory = _ => 3 };
        var output = Results.Output();
        var command = new Command("policy", "Answers of the built-in policy in a second, on one core.") { seconds, output };
        command.SetAction(parse =>
        {
            Results.Print(parse.GetValue(output)!, "policy", [.. Requests().Select(one => Measure(one.Name, one.Request, TimeSpan.FromSeconds(parse.GetValue(seconds))))]);
            return 0;
        });
        return command;
    }

    private static object Measure(string name, PolicyRequest request, TimeSpan time)
    {
        var policy = PolicyRules.BuiltIn;
        for (var warm = 0; warm < 20_000; warm++)
        {
            policy.Evaluate(request);
        }

        var (watch, count, before) = (Stopwatch.StartNew(), 0L, GC.GetAllocatedBytesForCurrentThread());
        while (watch.Elapsed < time)
        {
            for (var one = 0; one < 1000; one++)
            {
                policy.Evaluate(request);
            }

            count += 1000;
        }

        return new { kind = name, verdict = Json.Word(policy.Evaluate(request).Verdict), a_second = (long)(count / watch.Elapsed.TotalSeconds), bytes_each = (GC.GetAllocatedBytesForCurrentThread() - before) / count };
    }

    private static IEnumerable<(string Name, PolicyRequest Request)> Requests()
    {
        var host = new TargetFacts(TargetKind.Host, "4f1c0de2a94b4c7a8e3d6b7f90a1c045", ["ENG-WS-045"], ["Engineering", "Workstation"], "Workstation", []);
        var user = new TargetFacts(TargetKind.User, "5d0c", ["alexchen@company.com", "Alex Chen", "alexchen"], [], "Engineer", [.. Enumerable.Range(0, 60).Select(index => $"Group {index}")]);
        yield return ("isolate a host", Of("edr.isolate_host", Effect.Contain, host));
        yield return ("isolate a domain controller", Of("edr.isolate_host", Effect.Contain, host with { Role = "Domain Controller" }));
        yield return ("disable an account in 60 groups", Of("identity.disable_user", Effect.Contain, user));
        yield return ("delete a folder", Of("edr.delete_folder", Effect.Destroy, host, new TargetFacts(TargetKind.Path, @"C:\temp\staging", [@"C:\temp\staging"], [])));
        yield return ("refuse a path", Of("edr.delete_folder", Effect.Destroy, host, new TargetFacts(TargetKind.Path, @"C:\temp\..\Windows", [@"C:\temp\..\Windows"], [])));
    }

    private static PolicyRequest Of(string action, Effect effect, params TargetFacts[] targets) =>
        new("t1074-data-staged", action, effect, "falcon", Nothing, targets, 90, new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero));
}
