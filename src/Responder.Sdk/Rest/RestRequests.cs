using System.Text.Json;
using RestSharp;

namespace Responder.Sdk.Rest;

/// <summary>Short ways to write a request.</summary>
public static class RestRequests
{
    /// <summary>A JSON body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="body">An object or a JSON node.</param>
    /// <param name="options">How it is written; <see cref="VendorJson.Snake"/> unless said.</param>
    public static RestRequest WithJson(this RestRequest request, object body, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(body);
        return request.AddStringBody(JsonSerializer.Serialize(body, body.GetType(), options ?? VendorJson.Snake), ContentType.Json);
    }

    /// <summary>A form's field in the body (<c>application/x-www-form-urlencoded</c>).</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">The field.</param>
    /// <param name="value">Its value; left out where null.</param>
    public static RestRequest WithForm(this RestRequest request, string name, string? value)
    {
        ArgumentNullException.ThrowIfNull(request);
        return value is null ? request : request.AddParameter(name, value, ParameterType.GetOrPost);
    }

    /// <summary>A query's field, escaped as one value.</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">The field; may be given several times.</param>
    /// <param name="value">Its value; left out where null.</param>
    public static RestRequest WithQuery(this RestRequest request, string name, string? value)
    {
        ArgumentNullException.ThrowIfNull(request);
        return value is null ? request : request.AddQueryParameter(name, value);
    }
}
