using Responder.Storage;

namespace Responder.Web.People;

/// <summary>At a start where nobody can sign in: a link for the account <c>admin</c>, in the data folder's file <c>first-sign-in</c> (mode 0600), good for an hour.</summary>
/// <param name="store">The accounts.</param>
/// <param name="accounts">Makes the invitation.</param>
/// <param name="options">Where the file goes.</param>
public sealed class FirstSignIn(IStore store, Accounts accounts, ServerOptions options)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "first-sign-in";

    private static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    private readonly TaskCompletionSource<string?> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The file, when it is written; null where it was not needed.</summary>
    public Task<string?> Ready => _ready.Task;

    internal async Task EnsureAsync(string address)
    {
        try
        {
            _ready.TrySetResult(await MakeAsync(address));
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            _ready.TrySetException(failure);
        }
    }

    private async Task<string?> MakeAsync(string address)
    {
        if (options.SignIn.Oidc is not null || (await store.Users.ListAsync(CancellationToken.None)).Any(user => user.PasswordHash is not null))
        {
            return null;
        }

        var invitation = await accounts.InviteAsync("admin", [Access.Roles.Admin], "first start", CancellationToken.None, Lasts);
        await options.Folder.WriteSecretAsync(FileName, $"{(options.PublicAddress ?? address).TrimEnd('/')}{invitation.Path}\n", CancellationToken.None);
        return options.Folder.File(FileName);
    }
}
