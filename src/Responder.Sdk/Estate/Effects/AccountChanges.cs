namespace Responder.Sdk.Estate;

/// <summary>A cloud account changed. A password itself is never kept anywhere.</summary>
/// <param name="Id">The directory's id.</param>
/// <param name="Enabled">Whether it may sign in.</param>
/// <param name="Risk">The vendor's risk.</param>
/// <param name="Compromised">Whether it was confirmed to be in the wrong hands.</param>
/// <param name="SessionsEnded">True where every session was ended.</param>
/// <param name="PasswordSet">True where a random password was set.</param>
public sealed record CloudUserChanged(string Id, bool? Enabled = null, string? Risk = null, bool? Compromised = null, bool SessionsEnded = false, bool PasswordSet = false) : Change
{
    internal override void Apply(Company company, EstateEffect effect)
    {
        var user = company.Identity.User(Id);
        user.Enabled = Enabled ?? user.Enabled;
        user.Risk = Risk ?? user.Risk;
        user.Compromised = Compromised ?? user.Compromised;
        if (SessionsEnded)
        {
            user.Sessions = 0;
            user.SessionsValidFrom = effect.At;
        }

        if (PasswordSet)
        {
            user.PasswordSetAt = effect.At;
            user.MustChangePassword = true;
        }
    }
}

/// <summary>An account on premises changed.</summary>
/// <param name="Account">The account name.</param>
/// <param name="Enabled">Whether it may sign in.</param>
/// <param name="PasswordSet">True where a random password was set.</param>
public sealed record DirectoryUserChanged(string Account, bool? Enabled = null, bool PasswordSet = false) : Change
{
    internal override void Apply(Company company, EstateEffect effect)
    {
        var user = company.Directory.User(Account);
        user.Enabled = Enabled ?? user.Enabled;
        user.PasswordSetAt = PasswordSet ? effect.At : user.PasswordSetAt;
    }
}

/// <summary>A computer account changed.</summary>
/// <param name="Name">The computer's name.</param>
/// <param name="Enabled">Whether it may sign in.</param>
public sealed record ComputerChanged(string Name, bool Enabled) : Change
{
    internal override void Apply(Company company, EstateEffect effect) => company.Directory.Computer(Name).Enabled = Enabled;
}
