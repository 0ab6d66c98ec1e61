using System.Globalization;

namespace Responder.Sdk.Estate;

/// <summary>Fills in what the estate's text leaves out (names from keys, ids from names) and refuses what can't be.</summary>
internal static class EstateChecks
{
    public static void Finish(Company company, string source)
    {
        foreach (var (name, host) in company.Hosts)
        {
            host.Hostname = host.Hostname.Length > 0 ? host.Hostname : name;
            host.Id = host.Id.Length > 0 ? host.Id.ToLowerInvariant() : Hex.Sha256("host|" + name)[..32];
            foreach (var (path, folder) in host.Folders)
            {
                Groups(source, name, path, folder);
            }
        }

        foreach (var (upn, user) in company.Identity.Users)
        {
            user.Upn = upn;
            user.Id = user.Id.Length > 0 ? user.Id : new Guid(Convert.FromHexString(Hex.Sha256("user|" + upn)[..32])).ToString();
            user.Name = user.Name.Length > 0 ? user.Name : upn;
            user.SignIns.Sort((left, right) => right.At.CompareTo(left.At));
        }

        foreach (var (account, user) in company.Directory.Users)
        {
            user.Account = account;
        }

        foreach (var (computer, account) in company.Directory.Computers)
        {
            account.Name = computer;
        }

        Tickets(company.Tickets, source);
        Sources(company, source);
    }

    private static void Groups(string source, string host, string path, HostFolder folder)
    {
        if (Edr.WindowsPath.Problem(path) is { } wrong)
        {
            throw new EstateException($"{source}: hosts.{host}.folders: '{path}': {wrong}.");
        }

        foreach (var (name, group) in folder.Files)
        {
            if (group.Problem() is { } problem)
            {
                throw new EstateException($"{source}: hosts.{host}.folders.{path}.files.{name}: {problem}.");
            }
        }
    }

    private static void Tickets(TicketDesk desk, string source)
    {
        foreach (var (key, project) in desk.Projects)
        {
            project.Key = key;
        }

        foreach (var (key, ticket) in desk.Issues)
        {
            var dash = key.LastIndexOf('-');
            if (dash <= 0 || !int.TryParse(key.AsSpan(dash + 1), CultureInfo.InvariantCulture, out _) || !desk.Projects.ContainsKey(key[..dash]))
            {
                throw new EstateException($"{source}: tickets.issues.{key}: a key is a project's key, a dash and a number.");
            }

            ticket.Key = key;
            ticket.UpdatedAt = ticket.UpdatedAt == default ? ticket.CreatedAt : ticket.UpdatedAt;
            ticket.Status = ticket.Status.Length > 0 ? ticket.Status : desk.Projects[key[..dash]].Statuses.Keys.First();
        }
    }

    private static void Sources(Company company, string source)
    {
        foreach (var (name, events) in company.Siem.Events)
        {
            if ((events.At is null) == (events.FromFiles is null))
            {
                throw new EstateException($"{source}: siem.events.{name}: needs 'at' or 'from_files', and not both.");
            }
        }
    }
}
