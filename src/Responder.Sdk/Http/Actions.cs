using System.Text.Json;

namespace Responder.Sdk.Http;

/// <summary>
/// Calls any REST API of a configured connection (its base address and credential are there). Nobody can know its effect, so the step
/// says <c>effect</c> and, with one, <c>recovery: repeat</c> or <c>ask</c>, or a <c>probe</c>.
/// </summary>
/// <param name="Path">The path and query below the connection's base address; values are escaped as one segment or query value.</param>
/// <param name="Method">GET, HEAD, POST, PUT, PATCH or DELETE.</param>
/// <param name="Headers">Headers; <c>Host</c>, credentials and hop-by-hop headers are refused.</param>
/// <param name="Body">Sent as JSON.</param>
/// <param name="Expect">Status codes that count as success; 200 to 299 where none are given.</param>
[Action("http.request", Effect.Read)]
public sealed record HttpRequest(
    [property: Language("URL path")] Template Path, string Method = "GET", IReadOnlyDictionary<string, string>? Headers = null, JsonElement? Body = null, IReadOnlyList<int>? Expect = null) : IAction<HttpAnswer>;

/// <summary>An answer.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Headers">The headers, names in lower case.</param>
/// <param name="Body">The body: parsed where it is JSON, else text.</param>
public sealed record HttpAnswer(int Status, IReadOnlyDictionary<string, string> Headers, JsonElement? Body);
