namespace Responder.Playbooks.Language.Reading;

internal sealed class ScopeReport
{
    public static ScopeReport Of(Draft draft) => new();
}
