using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Responder.Sdk;
using Responder.Sdk.Emulation;

namespace Responder.Connectors.Defender.Emulator;

/// <summary>The live-response library: list, upload, delete.</summary>
internal sealed class LibraryRoutes(ODataAnswers answers, ScriptShelf library, EmulatorSite site)
{
    private const int Largest = 20 * 1024 * 1024;

    public void Map(WebApplication app)
    {
        app.MapGet("/api/libraryfiles", http => answers.ListAsync(http, "LibraryFiles", [.. library.Files.Keys.Order(StringComparer.OrdinalIgnoreCase).Select(Shape)], size: 10_000, most: 10_000));
        app.MapPost("/api/libraryfiles", UploadAsync);
        app.MapDelete("/api/libraryfiles/{name}", http => library.Files.TryRemove(http.Request.RouteValues["name"]!.ToString()!, out _)
            ? ODataAnswers.NothingAsync(http) : answers.ErrorAsync(http, 404, "ResourceNotFound", "The file was not found in the library"));
    }

    private async Task UploadAsync(HttpContext http)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync() : null;
        if (form?.Files.GetFile("file") is not { Length: > 0 and <= Largest } file || file.FileName.Length == 0)
        {
            await answers.ErrorAsync(http, 400, "InvalidInput", "A file of at most 20 MB is required");
            return;
        }

        using var content = new MemoryStream();
        await file.CopyToAsync(content);
        var entry = (content.ToArray(), form["Description"].ToString(), site.Time.GetUtcNow());
        if (!library.Files.TryAdd(file.FileName, entry))
        {
            if (form["OverrideIfExists"] != "true")
            {
                await answers.ErrorAsync(http, 400, "InvalidInput", $"The file {file.FileName} already exists");
                return;
            }

            library.Files[file.FileName] = entry;
        }

        await answers.EntityAsync(http, "LibraryFiles/$entity", Shape(file.FileName));
    }

    private JsonObject Shape(string name)
    {
        var (content, description, at) = library.Files[name];
        return new JsonObject
        {
            ["fileName"] = name, ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(content)), ["description"] = description, ["creationTime"] = Json.Time(at), ["lastUpdatedTime"] = Json.Time(at),
            ["createdBy"] = "responder", ["hasParameters"] = true, ["parametersDescription"] = null,
        };
    }
}
