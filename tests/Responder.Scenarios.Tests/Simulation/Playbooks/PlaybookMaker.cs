using System.Text.Json.Nodes;
using Responder.Scenarios.Tests.Simulation.Time;

namespace Responder.Scenarios.Tests.Simulation.Playbooks;

/// <summary>Writes a playbook that the validator accepts, out of every kind of step.</summary>
/// <param name="dice">Chance.</param>
/// <param name="callee">True for one that is only called.</param>
internal sealed class PlaybookMaker(Dice dice, bool callee)
{
    private readonly ActionMaker _actions = new(dice);
    private int _steps;
    private int _variables;

    public JsonObject Make(string id)
    {
        var scope = new StepScope([], ["${{ inputs.host }}"], InParallel: false, Depth: 0);
        var steps = List(scope, dice.Between(2, 5));
        var playbook = new JsonObject
        {
            ["id"] = id,
            ["name"] = $"Playbook {id}",
            ["inputs"] = new JsonObject
            {
                ["host"] = new JsonObject { ["type"] = "string", ["default"] = "h1" },
                ["hosts"] = new JsonObject { ["type"] = "string[]", ["default"] = new JsonArray("h1", "h2", "h3") },
                ["flag"] = new JsonObject { ["type"] = "boolean", ["default"] = true },
                ["word"] = new JsonObject { ["type"] = "string", ["default"] = "a" },
            },
        };
        if (!callee)
        {
            playbook["on"] = new JsonObject { ["manual"] = true };
            if (dice.Percent(30))
            {
                playbook["concurrency"] = new JsonObject { ["key"] = "k/${{ inputs.host }}", ["policy"] = dice.Of(["queue", "queue", "skip", "fail"]) };
            }
        }

        if (dice.Percent(25))
        {
            playbook["timeout"] = dice.Of(["3m", "20m", "3h"]);
        }

        if (dice.Percent(30))
        {
            playbook["outputs"] = new JsonObject { ["seen"] = "${{ vars.v0 }}" };
        }

        playbook["steps"] = steps;
        if (dice.Percent(30))
        {
            playbook["on_failure"] = List(scope with { Ids = [] }, 1);
        }

        if (dice.Percent(30))
        {
            playbook["finally"] = List(scope with { Ids = [] }, 1);
        }

        playbook["vars"] = new JsonObject(Enumerable.Range(0, _variables + 1).Select(number => KeyValuePair.Create<string, JsonNode?>($"v{number}", 0)));
        return playbook;
    }

    private JsonArray List(StepScope scope, int count)
    {
        var ids = scope.Ids.ToList();
        var list = new JsonArray();
        for (var one = 0; one < count; one++)
        {
            var id = $"s{++_steps}";
            var step = Step(id, scope with { Ids = ids });
            Trim(step, id, scope with { Ids = ids });
            list.Add((JsonNode)step);
            ids.Add(id);
        }

        return list;
    }

    private JsonObject Step(string id, StepScope scope)
    {
        var inner = scope with { Depth = scope.Depth + 1 };
        if (scope.Depth >= 3 || _steps > 22 || dice.Percent(58))
        {
            return dice.Int(12) switch
            {
                0 => _actions.Approval(),
                1 => _actions.Wait(id),
                2 when !scope.InParallel => new JsonObject { ["set"] = new JsonObject { ["v0"] = "${{ vars.v0 + 1 }}" } },
                3 when !callee && scope.Depth < 3 => new JsonObject { ["call"] = "sub", ["with"] = new JsonObject { ["host"] = scope.Host(dice) } },
                _ => _actions.Action(scope),
            };
        }

        switch (dice.Int(9))
        {
            case 0:
                var branch = new JsonObject { ["if"] = Condition(scope), ["then"] = List(inner, dice.Between(1, 2)) };
                if (dice.Percent(50))
                {
                    branch["else"] = dice.Percent(25) ? new JsonArray(Stop()) : List(inner, 1);
                }

                return branch;
            case 1:
                return new JsonObject
                {
                    ["switch"] = "inputs.word",
                    ["cases"] = new JsonObject { ["a"] = List(inner, 1), ["b"] = List(inner, 1) },
                    ["default"] = List(inner, 1),
                };
            case 2 or 3:
                var parallel = inner with { InParallel = true };
                return new JsonObject { ["parallel"] = new JsonObject { ["left"] = List(parallel, dice.Between(1, 2)), ["right"] = List(parallel, dice.Between(1, 2)) } };
            case 4 or 5:
                var atOnce = dice.Between(1, 3);
                var loop = inner with { Hosts = [$"${{{{ item{inner.Depth} }}}}"], InParallel = scope.InParallel || atOnce > 1 };
                return new JsonObject { ["foreach"] = "inputs.hosts", ["as"] = $"item{inner.Depth}", ["at_once"] = atOnce, ["steps"] = List(loop, dice.Between(1, 2)) };
            case 6 when !scope.InParallel:
                var name = $"v{++_variables}";
                var steps = List(inner, 1);
                steps.Add((JsonNode)new JsonObject { ["set"] = new JsonObject { [name] = $"${{{{ vars.{name} + 1 }}}}" } });
                return new JsonObject { ["while"] = $"vars.{name} < {dice.Between(1, 3)}", ["max"] = dice.Between(2, 4), ["steps"] = steps };
            default:
                return new JsonObject { ["try"] = List(inner, dice.Between(1, 2)), ["catch"] = List(inner, 1) };
        }
    }

    /// <summary>What any step may have besides.</summary>
    private void Trim(JsonObject step, string id, StepScope scope)
    {
        if (step.ContainsKey("stop"))
        {
            return;
        }

        step["id"] = id;
        if (dice.Percent(10) && scope.Ids.Count > 0)
        {
            step["when"] = Condition(scope);
        }

        if (dice.Percent(12) && !step.ContainsKey("set"))
        {
            step["on_error"] = "continue";
        }

        var block = step.ContainsKey("parallel") || step.ContainsKey("foreach") || step.ContainsKey("try") || step.ContainsKey("call");
        if (block && dice.Percent(10))
        {
            step["timeout"] = dice.Of(["30s", "5m"]);
        }
    }

    private string Condition(StepScope scope) => dice.Int(4) switch
    {
        0 => "inputs.flag",
        1 => "!inputs.flag",
        2 when scope.Ids.Count > 0 => $"run.steps.{dice.Of(scope.Ids)}.status == 'succeeded'",
        2 => "inputs.word == 'a'",
        _ => "vars.v0 < 2",
    };

    private JsonObject Stop() => new JsonObject { ["stop"] = new JsonObject { ["outcome"] = dice.Of(["benign", "failed"]), ["reason"] = "Enough." } };
}

/// <summary>What a step can see.</summary>
/// <param name="Ids">Earlier steps.</param>
/// <param name="Hosts">Expressions that name a host.</param>
/// <param name="InParallel">True where others run beside it.</param>
/// <param name="Depth">How deep.</param>
internal sealed record StepScope(IReadOnlyList<string> Ids, IReadOnlyList<string> Hosts, bool InParallel, int Depth)
{
    public string Host(Dice dice) => dice.Percent(60) ? dice.Of(Hosts) : dice.Of(["h1", "h2", "dc1"]);
}
