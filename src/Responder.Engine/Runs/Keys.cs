using System.Security.Cryptography;
using System.Text;

namespace Responder.Engine.Runs;

/// <summary>Idempotency keys: hash(run, step path with its iterations), the same for every attempt.</summary>
public static class Keys
{
    /// <summary>A step instance's key: 64 hex digits.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="path">The step's path with its iterations.</param>
    public static string Of(string runId, string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{runId}\n{path}")));
}
