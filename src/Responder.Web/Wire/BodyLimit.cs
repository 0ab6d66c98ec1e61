using Microsoft.AspNetCore.Http.Metadata;

namespace Responder.Web.Wire;

/// <summary>How long a route's body may be.</summary>
/// <param name="bytes">In bytes.</param>
internal sealed class BodyLimit(long bytes) : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => bytes;
}
