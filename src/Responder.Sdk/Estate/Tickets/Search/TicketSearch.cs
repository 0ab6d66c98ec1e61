namespace Responder.Sdk.Estate;

/// <summary>
/// Finds tickets with as much of JQL as playbooks use: AND, OR, NOT, parentheses, <c>=</c>, <c>!=</c>, <c>~</c>, <c>!~</c>, <c>in</c>, <c>not in</c>,
/// <c>is empty</c>, comparisons of <c>created</c> and <c>updated</c> with a time or with how long ago (<c>-15m</c>), and <c>order by</c>.
/// </summary>
public static class TicketSearch
{
    /// <summary>Finds.</summary>
    /// <param name="company">The company.</param>
    /// <param name="query">JQL, values quoted.</param>
    /// <param name="now">What "ago" is counted from.</param>
    /// <returns>Tickets in the order that the query says, else newest first.</returns>
    /// <exception cref="ActionFailure">The query is empty or wrong.</exception>
    public static IReadOnlyList<Ticket> Run(Company company, string query, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(company);
        var parser = new JqlParser(query, company.Tickets, now);
        var holds = parser.Condition();
        var (field, descending) = parser.Order();
        var found = company.Tickets.Issues.Values.Where(holds);
        var order = Comparer<Ticket>.Create((left, right) => Compare(field, left, right));
        return [.. descending ? found.OrderDescending(order) : found.Order(order)];
    }

    private static int Compare(string field, Ticket left, Ticket right)
    {
        var order = field switch
        {
            "updated" => left.UpdatedAt.CompareTo(right.UpdatedAt),
            "priority" => string.CompareOrdinal(left.Priority, right.Priority),
            "status" => string.CompareOrdinal(left.Status, right.Status),
            "key" => 0,
            _ => left.CreatedAt.CompareTo(right.CreatedAt),
        };
        return order != 0 ? order : string.CompareOrdinal(left.Project, right.Project) is var project and not 0 ? project : left.Number.CompareTo(right.Number);
    }
}
