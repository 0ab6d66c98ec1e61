namespace Responder.Engine.Approvals;

/// <summary>Roles that people gave to others for a while.</summary>
public interface IDelegations
{
    /// <summary>Keeps one. Completes after the commit.</summary>
    Task PutAsync(DelegationRow row, CancellationToken cancel);

    /// <summary>Those whose end has not come, the nearest end first.</summary>
    Task<IReadOnlyList<DelegationRow>> ListAsync(DateTimeOffset now, CancellationToken cancel);

    /// <summary>Ends one before its end; false where there is none of that id in force.</summary>
    /// <param name="id">The delegation.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="now">When.</param>
    /// <param name="cancel">Ends waiting.</param>
    Task<bool> EndAsync(string id, string by, DateTimeOffset now, CancellationToken cancel);
}

/// <summary>Roles given to another for a while. Who has them answers on behalf of who gave them, and the two count as one.</summary>
/// <param name="Id">Its id.</param>
/// <param name="From">Who gave them.</param>
/// <param name="To">Who has them.</param>
/// <param name="Roles">The roles.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
/// <param name="Until">Until when.</param>
public sealed record DelegationRow(string Id, string From, string To, IReadOnlyList<string> Roles, string Reason, DateTimeOffset At, DateTimeOffset Until);
