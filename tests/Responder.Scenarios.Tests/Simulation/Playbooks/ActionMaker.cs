using System.Text.Json.Nodes;
using Responder.Scenarios.Tests.Simulation.Time;

namespace Responder.Scenarios.Tests.Simulation.Playbooks;

/// <summary>Writes the steps that reach outside: actions, approvals, waits.</summary>
/// <param name="dice">Chance.</param>
internal sealed class ActionMaker(Dice dice)
{
    public JsonObject Action(StepScope scope)
    {
        var step = dice.Int(16) switch
        {
            0 => Read("edr.find_host", new JsonObject { ["hostname"] = "ws-1" }),
            1 => Read("identity.list_groups", new JsonObject { ["user"] = "ann" }),
            2 => Effect("chat.notify", new JsonObject { ["to"] = "soc", ["message"] = "Look." }),
            3 => Ask(),
            4 or 5 => Effect("tickets.create", new JsonObject { ["project"] = "SOC", ["type"] = "Incident", ["summary"] = "Look" }),
            6 => Effect("tickets.comment", new JsonObject { ["key"] = "SOC-1", ["body"] = "Seen." }),
            7 => Effect("tickets.update", new JsonObject { ["key"] = "SOC-1", ["priority"] = "P1" }),
            8 or 9 => Lent(Effect("edr.isolate_host", new JsonObject { ["host"] = scope.Host(dice) })),
            10 => Effect("edr.release_host", new JsonObject { ["host"] = scope.Host(dice) }),
            11 => Effect(dice.Of(["identity.disable_user", "identity.enable_user", "identity.reset_password"]), new JsonObject { ["user"] = dice.Of(["ann", "bob"]) }),
            12 => Effect("edr.delete_folder", new JsonObject { ["host"] = scope.Host(dice), ["path"] = @"C:\Temp\staging" }, destroys: true),
            13 => Effect("edr.kill_process", new JsonObject { ["host"] = scope.Host(dice), ["pid"] = 4711, ["image"] = "cmd.exe" }, destroys: true),
            _ => Request(),
        };
        return step;
    }

    /// <summary>An approval by itself.</summary>
    public JsonObject Approval()
    {
        var approval = new JsonObject { ["title"] = "Go on?", ["roles"] = new JsonArray(dice.Of(["analyst", "lead"])) };
        if (dice.Percent(40))
        {
            approval["choices"] = new JsonArray("contain", "close");
            approval["timeout"] = dice.Of(["10m", "40m"]);
            approval["on_timeout"] = dice.Of(["contain", "close"]);
        }
        else
        {
            Gate(approval, destroys: false);
        }

        return new JsonObject { ["approval"] = approval };
    }

    /// <summary>A wait for a time or an event.</summary>
    public JsonObject Wait(string id)
    {
        if (dice.Percent(50))
        {
            return new JsonObject { ["wait"] = dice.Of(["1s", "45s", "20m", "3h"]) };
        }

        var wait = new JsonObject { ["wait"] = new JsonObject { ["event"] = $"event_{dice.Int(3)}" }, ["timeout"] = dice.Of(["10m", "2h"]) };
        if (dice.Percent(60))
        {
            wait["on_timeout"] = new JsonObject { ["none"] = id };
        }

        return wait;
    }

    private JsonObject Read(string action, JsonObject with)
    {
        var step = new JsonObject { ["uses"] = action, ["with"] = with };
        Connection(step);
        if (dice.Percent(30))
        {
            step["retry"] = new JsonObject { ["attempts"] = dice.Between(2, 4), ["initial"] = "1s", ["max"] = "30s" };
            if (action == "edr.find_host" && dice.Percent(50))
            {
                step["retry"]!["until"] = "result.online";
            }
        }

        if (dice.Percent(20))
        {
            step["timeout"] = "20s";
        }

        return step;
    }

    private JsonObject Effect(string action, JsonObject with, bool destroys = false)
    {
        var step = new JsonObject { ["uses"] = action, ["with"] = with };
        Connection(step);
        if (dice.Percent(30))
        {
            var gate = new JsonObject { ["roles"] = new JsonArray(dice.Of(["analyst", "lead"])) };
            Gate(gate, destroys);
            step["approval"] = gate;
        }

        if (dice.Percent(25))
        {
            step["retry"] = new JsonObject { ["attempts"] = dice.Between(1, 3), ["initial"] = dice.Of(["1s", "20s"]), ["max"] = "1m" };
        }

        if (dice.Percent(15))
        {
            step["timeout"] = dice.Of(["20s", "5m"]);
        }

        return step;
    }

    private JsonObject Lent(JsonObject step)
    {
        if (dice.Percent(20))
        {
            step["lease"] = dice.Of(["30m", "6h"]);
        }

        return step;
    }

    private void Gate(JsonObject gate, bool destroys)
    {
        if (dice.Percent(60))
        {
            gate["timeout"] = dice.Of(["5m", "30m", "2h"]);
            var end = dice.Of(["reject", "escalate", destroys ? "reject" : "approve"]);
            gate["on_timeout"] = end;
            if (end == "escalate")
            {
                gate["escalate_to"] = new JsonArray("lead");
            }
        }

        if (dice.Percent(20))
        {
            gate["count"] = 2;
        }

        if (dice.Percent(50))
        {
            gate["on_reject"] = dice.Of(["skip", "stop"]);
        }
    }

    private JsonObject Ask()
    {
        var step = Effect("chat.ask", new JsonObject { ["to"] = "ann@company.com", ["question"] = "Was it you?", ["choices"] = new JsonArray("yes", "no") });
        step["timeout"] = "10m";
        if (dice.Percent(60))
        {
            step["on_timeout"] = new JsonObject { ["answer"] = "no_reply" };
        }

        return step;
    }

    private JsonObject Request()
    {
        var rule = dice.Of(["repeat", "ask", "probe"]);
        var step = Effect("http.request", new JsonObject { ["path"] = "/act", ["method"] = "POST", ["headers"] = new JsonObject { ["rule"] = rule } });
        step["connection"] = dice.Of(["alpha", "beta"]);
        step["effect"] = dice.Of(["record", "contain"]);
        if (rule == "probe")
        {
            step["probe"] = new JsonObject { ["with"] = new JsonObject { ["path"] = "/seen" }, ["happened"] = "response.body.seen" };
        }
        else
        {
            step["recovery"] = rule;
        }

        return step;
    }

    private void Connection(JsonObject step)
    {
        if (dice.Percent(40))
        {
            step["connection"] = dice.Of(["alpha", "beta"]);
        }
    }
}
