namespace Responder.Web.Access;

/// <summary>What a page needs, by the permission's scope. A page without this or <see cref="ForAnybodyAttribute"/> keeps the server from being built.</summary>
/// <param name="scope">The scope: <c>runs:read</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsAttribute(string scope) : Attribute
{
    /// <summary>The scope.</summary>
    public string Scope => scope;

    /// <summary>The permission.</summary>
    public Permission Permission { get; } = Permission.Named(scope);
}

/// <summary>A page that is shown without sign-in.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ForAnybodyAttribute : Attribute;
