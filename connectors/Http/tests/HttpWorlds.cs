using Microsoft.Extensions.Time.Testing;
using Responder.Connectors.Mock;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Http.Tests;

/// <summary>Http connections over an API on loopback.</summary>
internal static class HttpWorlds
{
    /// <summary>One over the mock estate's routes.</summary>
    public static World Open(DateTimeOffset now, string? overrides = null)
    {
        var time = new FakeTimeProvider(now);
        var folder = new TempFolder();
        var definition = MockSettings.BuiltIn();
        var estate = MockEstate.InMemory(overrides is null ? definition : definition.With(EstateDefinition.Parse(overrides, "overrides")), time);
        var api = new TestApi(call => Answer(estate, call));
        return new World(Connect(api, folder, time), estate, folder, api);
    }

    public static ConnectionBench Connect(TestApi api, TempFolder folder, TimeProvider time, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?> { ["BaseAddress"] = $"http://127.0.0.1:{api.Port}", ["Networks"] = "127.0.0.0/8" };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return new ConnectionBench(new HttpConnector(), folder.Path, time, all);
    }

    private static TestAnswer Answer(MockEstate estate, TestCall call)
    {
        var route = estate.Read(company => company.Http.Find(call.Method, call.Target));
        var status = route?.Status ?? 404;
        if (call.Method is not ("GET" or "HEAD") && status < 400)
        {
            estate.Do(new EffectBy("http.request", $"{call.Method} {call.Target}"), _ => new RestCalled(call.Method, call.Target, status));
        }

        return new TestAnswer(status, route?.Body is { ValueKind: not System.Text.Json.JsonValueKind.Undefined } body ? body.GetRawText() : null, route?.Headers);
    }
}
