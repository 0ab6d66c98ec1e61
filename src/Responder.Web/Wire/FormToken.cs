using Microsoft.AspNetCore.Antiforgery;

namespace Responder.Web.Wire;

/// <summary>A form without its token, or with another's, is refused before anything reads it. The framework only notes it and leaves what to do to whoever reads the form.</summary>
internal sealed class FormToken(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) => context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false }
        ? throw new BadHttpRequestException("The form's token is missing or out of date. Load the page again and send it once more.")
        : next(context);
}
